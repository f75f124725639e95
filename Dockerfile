# The gate as an unprivileged user. Build: docker build -t rufgate .
# Run:   docker run --rm --init -p 127.0.0.1:25:8025 -v rufgate:/srv/rufgate rufgate
# The volume holds configuration, keys and database. Give the container no swap
# (--memory-swap equal to --memory), so that raw mail cannot reach a disk.
FROM python:3.11-slim-bookworm AS build
WORKDIR /build
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY config config
COPY rufgate rufgate
RUN python -m venv /opt/rufgate \
    && /opt/rufgate/bin/pip install --no-cache-dir --disable-pip-version-check .

FROM python:3.11-slim-bookworm
RUN useradd --system --create-home --home-dir /srv/rufgate --shell /usr/sbin/nologin rufgate
COPY --from=build /opt/rufgate /opt/rufgate
USER rufgate
WORKDIR /srv/rufgate
ENV PATH=/opt/rufgate/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    RUFGATE_CONFIG=/srv/rufgate/config/rufgate.toml \
    RUFGATE_SMTP__LISTEN=0.0.0.0:8025
VOLUME /srv/rufgate
EXPOSE 8025
STOPSIGNAL SIGTERM
# ``init`` overwrites nothing: it makes configuration and keys in an empty volume only.
CMD ["sh", "-c", "rufgate init /srv/rufgate && exec rufgate serve"]
