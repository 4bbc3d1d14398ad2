"""The process engine: how a lead or an opportunity moves from its first stage to a final one.

Start with docs/process-engine.md; callers import from `leadhub.domain.process.engine`.
"""
