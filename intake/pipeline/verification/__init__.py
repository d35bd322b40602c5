"""The parts of `intake.pipeline.verify`: what each looks at, and how it says what it found."""
