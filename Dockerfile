# The application alone; Qdrant and Ollama run beside it (compose.yaml). Models are not part of the image.
FROM python:3.11.14-slim-bookworm AS build
WORKDIR /app
COPY uv.txt pyproject.toml uv.lock README.md ./
RUN pip install --no-cache-dir --require-hashes -r uv.txt
COPY config config
COPY ingest ingest
COPY chatbot chatbot
COPY eval eval
# Compiled here: who runs it may not write beside the modules, and each start would compile them anew.
RUN uv sync --frozen --no-dev --no-editable --compile-bytecode

FROM python:3.11.14-slim-bookworm
RUN apt-get update \
 && apt-get install -y --no-install-recommends libgomp1 libmagic1 tesseract-ocr tesseract-ocr-deu \
      libreoffice-writer-nogui libreoffice-impress-nogui libreoffice-calc-nogui \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --create-home --uid 10001 fundstelle \
 && install -d -o fundstelle /data
COPY --from=build /app/.venv /app/.venv
ENV PATH=/app/.venv/bin:$PATH FUNDSTELLE_DATA_DIR=/data PYTHONUNBUFFERED=1
USER fundstelle
WORKDIR /home/fundstelle
VOLUME /data
EXPOSE 7860
HEALTHCHECK --interval=30s --timeout=5s --start-period=120s \
  CMD python -c "import urllib.request as u; u.urlopen('http://127.0.0.1:7860/health', timeout=3)"
ENTRYPOINT ["fundstelle"]
CMD ["serve", "--host", "0.0.0.0"]
