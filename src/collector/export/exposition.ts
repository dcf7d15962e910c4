/** A sample of a metric; `value` is a decimal as text and is printed as it is. */
export interface ExposedSample {
  labels: Record<string, string>;
  value: string;
}

/** A gauge in Prometheus' text format. The client library would turn exact decimals into floats, so these are written here. */
export function exposeGauge(name: string, help: string, samples: ExposedSample[]): string {
  const lines = samples.map(({ labels, value }) => {
    const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escape(text)}"`);
    return `${name}{${pairs.join(',')}} ${value}\n`;
  });
  return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${lines.join('')}`;
}

const escape = (text: string) => text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n');
