# One image for every Airflow component: the interpreter, the locked packages, the project.
FROM python:3.12-slim-bookworm

RUN useradd --create-home --uid 50000 tonlage && mkdir -p /data/lake /data/warehouse /data/reports /airflow \
    && chown -R tonlage /data /airflow
WORKDIR /tonlage
COPY requirements.lock .
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY --chown=tonlage . .

USER tonlage
ENV PYTHONPATH=/tonlage \
    AIRFLOW_HOME=/airflow \
    LAKE_DIR=/data/lake \
    WAREHOUSE_DB=/data/warehouse/warehouse.duckdb \
    REPORTS_DIR=/data/reports \
    AIRFLOW__CORE__DAGS_FOLDER=/tonlage/dags \
    AIRFLOW__CORE__LOAD_EXAMPLES=False \
    AIRFLOW__USAGE_DATA_COLLECTION__ENABLED=False \
    SCARF_ANALYTICS=false DO_NOT_TRACK=1 GX_ANALYTICS_ENABLED=False
ENTRYPOINT ["airflow"]
