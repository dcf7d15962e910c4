import type { ConnectionCheck } from './connection-check';

const parts = (version: string) => {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version) ?? [];
  return major === undefined || minor === undefined ? undefined : { major: Number(major), minor: Number(minor) };
};

/** Whether the collector and the app belong together: the same major and minor version. Else the older one is behind. */
export function checkVersions(collector: string, app: string): ConnectionCheck {
  const [theirs, ours] = [parts(collector), parts(app)];
  if (!theirs || !ours) {
    return {
      name: 'Version',
      outcome: 'unknown',
      detail: `The collector says it is version “${collector}”, the app “${app}”; whether they fit cannot be told.`,
    };
  }
  if (theirs.major === ours.major && theirs.minor === ours.minor) {
    return { name: 'Version', outcome: 'ok', detail: `Collector ${collector} and app ${app} belong together.` };
  }
  const collectorIsOlder = theirs.major < ours.major || (theirs.major === ours.major && theirs.minor < ours.minor);
  return {
    name: 'Version',
    outcome: 'failed',
    detail: `The collector is version ${collector}, this app is ${app}. ${
      collectorIsOlder
        ? `Upgrade the collector to ${ours.major}.${ours.minor}.`
        : `Upgrade the app in Grafana to ${theirs.major}.${theirs.minor}.`
    }`,
  };
}
