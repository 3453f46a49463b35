"""Daily and rolling figures of pairs by Polars, as one would write them: python -m bench.warehouse_peer LAKE.

It does less than the warehouse: days with an article only, no interval, no attention, no decayed mean, no company.
"""

import sys

import polars as pl

WINDOWS = (7, 28, 91)
SUMS = ("articles", "stories", "weight", "sentiment_sum", "weight_squared")


def main() -> None:
    lake = sys.argv[1]
    articles = (
        pl.scan_parquet(f"{lake}/articles/*/*.parquet")
        .select("article_id", "version", "story_id", "published_at", "published_on")
        .sort("version")
        .unique("article_id", keep="last")
    )
    pairs = (
        pl.scan_parquet(f"{lake}/article_pairs/*/*.parquet")
        .select("article_id", "version", "pair_id", "relevance", "relation_sentiment")
        .join(articles, on=["article_id", "version"])
        .with_columns(rank=pl.struct("published_at", "article_id").rank("ordinal").over("story_id", "pair_id"))
    )
    told = (pl.col("rank") == 1) & pl.col("relation_sentiment").is_not_null()
    weight = pl.when(told).then(pl.col("relevance")).otherwise(0)
    daily = (
        pairs.group_by("pair_id", "published_on")
        .agg(
            articles=pl.len(),
            stories=told.sum(),
            weight=weight.sum(),
            sentiment_sum=(weight * pl.col("relation_sentiment").fill_null(0)).sum(),
            weight_squared=(weight**2).sum(),
        )
        .sort("pair_id", "published_on")
        .collect()
    )
    rows = 0
    for days in WINDOWS:
        rolling = daily.rolling("published_on", period=f"{days}d", group_by="pair_id").agg(pl.col(SUMS).sum())
        rolling = rolling.with_columns(
            relation_sentiment=pl.col("sentiment_sum") / pl.col("weight"),
            effective_n=pl.col("weight") ** 2 / pl.col("weight_squared"),
        )
        rows += rolling.height
    print(f"{daily.height} daily, {rows} rolling rows")


if __name__ == "__main__":
    main()
