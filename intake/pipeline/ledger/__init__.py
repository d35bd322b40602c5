"""The ledger is signed, proved and witnessed."""
