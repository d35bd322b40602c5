"""What an auditor, an administrator, a manager and the Security Sub-Committee look at."""
