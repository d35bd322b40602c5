"""`/check`: anybody may have files checked."""
