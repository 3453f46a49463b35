"""The ground floor: contracts, the one door to the Parquet files, and the seeds."""
