"""Many forks kept in step by one repository: plan, then a job for each row of a matrix, then a report."""
