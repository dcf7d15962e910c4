/**
 * The words of a notification, in Go's template language. Nothing in it may hold a dollar sign: Grafana takes it for an
 * environment variable when it reads the file. Texts of alerts say what is wrong, so one that is resolved has only its name.
 */
export const MESSAGE_TEMPLATES = `{{ define "chargeback.title" -}}
{{ if not .Alerts.Firing }}[RESOLVED] {{ else if .CommonLabels.severity }}[{{ .CommonLabels.severity | toUpper }}] {{ end -}}
{{ if gt (len .Alerts) 1 }}{{ .CommonLabels.alertname }}: {{ len .Alerts.Firing }} firing, {{ len .Alerts.Resolved }} resolved
{{- else }}{{ range .Alerts.Firing }}{{ .Annotations.summary }}{{ end }}{{ range .Alerts.Resolved }}{{ template "chargeback.name" . }}{{ end }}{{ end -}}
{{ end }}

{{ define "chargeback.message" -}}
{{ range .Alerts.Firing -}}
{{ .Annotations.summary }}
{{ if .Annotations.Error }}{{ .Annotations.Error }}{{ else }}{{ .Annotations.description }}{{ end }}
Since {{ .StartsAt.UTC.Format "2006-01-02 15:04" }} UTC
{{ template "chargeback.links" . }}
Silence: {{ .SilenceURL }}

{{ end -}}
{{ range .Alerts.Resolved -}}
Resolved at {{ .EndsAt.UTC.Format "2006-01-02 15:04" }} UTC: {{ template "chargeback.name" . }}
{{ template "chargeback.links" . }}

{{ end -}}
{{ end }}

{{ define "chargeback.name" }}{{ .Labels.alertname }}{{ if .Labels.rulename }}: {{ .Labels.rulename }}{{ end }}{{ if .Labels.entity_name }}: {{ .Labels.entity_name }}{{ end }}{{ if .Labels.threshold }}, {{ .Labels.threshold }} %{{ end }}{{ end }}

{{ define "chargeback.links" -}}
{{ if .Labels.owner }}Owner: {{ .Labels.owner }}
{{ else if and .Labels.owner_team (ne .Labels.owner_team "All") }}Owner: {{ .Labels.owner_team }}
{{ end -}}
Look: {{ .Annotations.dashboard_url }}
What to do: {{ .Annotations.runbook_url }}
{{- end }}
`;
