"""What a run knows from GitHub's runner, and what it tells it: the job, the log, outputs, the summary."""
