"""Amazon Translate with parallel data, over boto3. Nothing here is imported before the engine is asked for.

What a run has done is kept in a bucket and not on the machine, so that any later run, anywhere, goes on from it.
"""
