"""The parts of `intake.pipeline.evidence.verify`: what each looks at, and how it says what it found."""
