"""Letters: drafted, withheld, dropped, handed to the postman."""
