# The worker (target `worker`), the server (target `server`) and the command line (target `cli`) on the .NET runtime with libvips; neither runs as root.
FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
WORKDIR /source
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY src/ src/
# The lock files are for portable builds; one for a runtime needs more packages and gets its own.
RUN for project in Cli Indexer Server; do \
      dotnet publish "src/ImageSearch.$project" -c Release -o "/app/$project" --use-current-runtime --self-contained false \
        -p:PublishReadyToRun=true -p:RestoreLockedMode=false -p:NuGetLockFilePath=obj/publish.lock.json || exit 1; \
    done

FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble AS runtime
RUN apt-get update \
    && apt-get install -y --no-install-recommends libvips42t64 libheif-plugin-libde265 \
    && rm -rf /var/lib/apt/lists/* \
    && mkdir /data \
    && chown "$APP_UID" /data
COPY --from=build /app /app
ENV IMAGESEARCH_HOME=/data DOTNET_EnableDiagnostics=0
USER $APP_UID
WORKDIR /data
VOLUME /data

FROM runtime AS cli
ENTRYPOINT ["dotnet", "/app/Cli/ImageSearch.Cli.dll"]

FROM runtime AS worker
ENV IMAGESEARCH__Worker__Listen=http://0.0.0.0:9464
EXPOSE 9464
# Alive, not ready: a dependency that is away is no reason to start the worker again.
HEALTHCHECK --interval=15s --timeout=3s --start-period=20s CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/9464 && printf 'GET /health/live HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && IFS= read -r line <&3 && [[ $line == *' 200 '* ]]"]
ENTRYPOINT ["dotnet", "/app/Indexer/ImageSearch.Indexer.dll"]

FROM runtime AS server
# Other machines may connect, so that it does not start without a key.
ENV IMAGESEARCH__Server__Listen=http://0.0.0.0:8080
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=3s --start-period=20s CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health/live HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && IFS= read -r line <&3 && [[ $line == *' 200 '* ]]"]
ENTRYPOINT ["dotnet", "/app/Server/ImageSearch.Server.dll"]
