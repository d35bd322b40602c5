"""The ledger's proofs, pure: a Merkle tree over the events, signed statements of its size and root, cosignatures."""
