"""Whether a signer is trusted: paths, policy, revocation, time stamps."""
