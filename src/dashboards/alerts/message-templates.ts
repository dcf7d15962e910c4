/**
 * The words of a notification, in Go's template language. Nothing in it may hold a dollar sign: Grafana takes it for an
 * environment variable when it reads the file. Texts of alerts say what is wrong, so one that is resolved has only its name.
 */
export const MESSAGE_TEMPLATES = `{{ define "chargeback.title" -}}
{{ if .Alerts.Firing }}[{{ .CommonLabels.severity | toUpper }}] {{ else }}[RESOLVED] {{ end -}}
{{ if gt (len .Alerts) 1 }}{{ .CommonLabels.alertname }}: {{ len .Alerts.Firing }} firing, {{ len .Alerts.Resolved }} resolved
{{- else }}{{ range .Alerts.Firing }}{{ .Annotations.summary }}{{ end }}{{ range .Alerts.Resolved }}{{ template "chargeback.name" . }}{{ end }}{{ end -}}
{{ end }}

{{ define "chargeback.message" -}}
{{ range .Alerts.Firing -}}
{{ .Annotations.summary }}
{{ .Annotations.description }}
Since {{ .StartsAt.UTC.Format "2006-01-02 15:04" }} UTC
{{ template "chargeback.links" . }}
Silence: {{ .SilenceURL }}

{{ end -}}
{{ range .Alerts.Resolved -}}
Resolved at {{ .EndsAt.UTC.Format "2006-01-02 15:04" }} UTC: {{ template "chargeback.name" . }}
{{ template "chargeback.links" . }}

{{ end -}}
{{ end }}

{{ define "chargeback.name" }}{{ .Labels.alertname }}{{ if .Labels.entity_name }}: {{ .Labels.entity_name }}{{ end }}{{ if .Labels.threshold }}, {{ .Labels.threshold }} %{{ end }}{{ end }}

{{ define "chargeback.links" -}}
Owner: {{ if .Labels.owner }}{{ .Labels.owner }}{{ else if .Labels.owner_team }}{{ .Labels.owner_team }}{{ else }}unknown{{ end }}
Look: {{ .Annotations.dashboard_url }}
What to do: {{ .Annotations.runbook_url }}
{{- end }}
`;
