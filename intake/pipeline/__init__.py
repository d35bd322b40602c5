"""What is done with a message, one verb a file; every step may run twice."""
