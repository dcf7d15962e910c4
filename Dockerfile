# Targets: collector (the service and its command line) and grafana (Grafana with the app and its provisioning).

FROM node:20.20.2-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build && npm prune --omit=dev --no-audit --no-fund

FROM node:20.20.2-bookworm-slim AS collector
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/package.json ./
COPY --from=build /app/bin ./bin
COPY --from=build /app/dist-collector ./dist-collector
COPY --from=build /app/src/collector/db/migrations ./src/collector/db/migrations
COPY --from=build /app/src/simulator/config ./src/simulator/config
RUN mkdir /config && chown node:node /config
USER node
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.CHARGEBACK_LISTEN ?? ':8080').split(':').pop() + '/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "bin/chargeback.mjs"]
CMD ["serve"]

FROM grafana/grafana:12.4.0 AS grafana
COPY --from=build /app/dist /var/lib/grafana-plugins/finops-chargeback-app
COPY provisioning /etc/grafana/provisioning
COPY dashboards /etc/grafana/dashboards
ENV GF_PATHS_PLUGINS=/var/lib/grafana-plugins \
    GF_PLUGINS_ALLOW_LOADING_UNSIGNED_PLUGINS=finops-chargeback-app \
    GF_PLUGINS_PREINSTALL_DISABLED=true \
    DASHBOARDS_PATH=/etc/grafana/dashboards
