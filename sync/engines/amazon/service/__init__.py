"""The two services: clients, what is kept in the bucket, who may change it when, and what errors mean."""
