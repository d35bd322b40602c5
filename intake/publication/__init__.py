"""What is published of the register, and in which form; pure."""
