"""What is done with a message and with the list: a room for each purpose, one verb a file; every step may run twice."""
