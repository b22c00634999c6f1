FROM python:3.11-slim-bookworm AS rare-fonts

# The characters beyond the everyday set, made from Debian's fonts; only what is made is kept.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends fonts-noto-cjk fonts-lxgw-wenkai fonts-hanazono
WORKDIR /build
COPY requirements.lock ./
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes --requirement requirements.lock
COPY manage.py ./
COPY jcdisclosure jcdisclosure
COPY requests_app requests_app
RUN JC_DATA_DIR=/tmp python manage.py build_fonts rare --target /rare

FROM python:3.11-slim-bookworm

# Pango draws the letters. Their fonts are in the project and in the stage above.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --system --gid 10001 jc \
    && useradd --system --uid 10001 --gid jc --home-dir /srv/jc --shell /usr/sbin/nologin jc \
    && install --directory --owner=jc --group=jc --mode=0700 /srv/jc/data

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1

WORKDIR /srv/jc/app
COPY requirements.lock ./
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes --requirement requirements.lock
COPY manage.py ./
COPY jcdisclosure jcdisclosure
COPY requests_app requests_app
COPY --from=rare-fonts /rare requests_app/data/fonts/rare
COPY templates templates
COPY static static
# Collected as production serves them; these values serve this one command and are kept nowhere.
RUN key() { python -c 'import base64, os; print(base64.b64encode(os.urandom(32)).decode())'; } \
    && JC_ENV=production JC_DATA_DIR=/tmp JC_HOSTS=build.invalid \
        JC_PUBLIC_BASE_URL=https://build.invalid JC_SECRET_KEY="$(key)$(key)" \
        JC_SEAL_KEYS="1:$(key)" JC_INDEX_KEY="$(key)" \
        python manage.py collectstatic --noinput

# From here on: the root may be read-only. Written to are the data folder and /tmp (fontconfig's
# cache, gunicorn's heartbeat, beat's memory).
ENV JC_ENV=production \
    JC_DATA_DIR=/srv/jc/data \
    XDG_CACHE_HOME=/tmp/cache
USER jc
VOLUME ["/srv/jc/data"]
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=4 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["gunicorn", "jcdisclosure.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", \
     "--workers", "2", "--threads", "4", "--worker-tmp-dir", "/tmp", "--no-control-socket"]
