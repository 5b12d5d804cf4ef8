# The product as one image; what is run in it, the API or the worker, is the command's choice.
FROM python:3.12-slim AS packages
COPY requirements/runtime.txt /tmp/runtime.txt
RUN python -m venv /opt/packages \
    && /opt/packages/bin/pip install --no-cache-dir --require-hashes -r /tmp/runtime.txt

FROM python:3.12-slim
RUN useradd --system --uid 10001 --no-create-home sutradhar \
    && install -d -o sutradhar -m 700 /var/lib/sutradhar /var/lib/sutradhar/blobs
ENV PATH=/opt/packages/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
COPY --from=packages /opt/packages /opt/packages
WORKDIR /srv/sutradhar
COPY LICENSE settings.py worker.py ./
COPY activities activities
COPY api api
COPY channels channels
COPY cli cli
COPY dialogue dialogue
COPY documents documents
COPY domain domain
COPY handing handing
COPY journeys journeys
COPY maps maps
COPY rehearsal rehearsal
COPY store store
COPY telemetry telemetry
COPY texts texts
COPY workflows workflows
USER sutradhar
EXPOSE 8000
CMD ["python", "-m", "api"]
