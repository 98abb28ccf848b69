"""The Prefect flows and their deployments; all logic is in `pledgebook`."""
