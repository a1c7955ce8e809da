package gate

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"path"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/web"
)

// Op describes a JSON operation.
type Op struct {
	Method, Path string
	Rule         Rule
	ID           string
	Summary      string
	Tags         []string
	// Status of a success; 200 when zero.
	Status int
	// MaxBody in bytes; huma's 1 MiB when zero.
	MaxBody int64
}

// PrinterOf writes in the language of the JSON request that ctx is of.
func PrinterOf(ctx context.Context) i18n.Printer {
	p, _ := ctx.Value(printerKey).(i18n.Printer)
	return p
}

// Problem is the answer to a request that failed: RFC 9457 with a list of
// wrong fields, each with a JSON pointer and the message's key.
type Problem struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail,omitempty"`
	// Instance is "request:" and the request's id, where the log tells more.
	Instance string         `json:"instance,omitempty"`
	Errors   []ProblemField `json:"errors,omitempty"`
}

// ProblemField is one wrong field of the request.
type ProblemField struct {
	Pointer string `json:"pointer"`
	Key     string `json:"key"`
	Detail  string `json:"detail"`
}

// Error is the problem for logs.
func (p *Problem) Error() string { return p.Title + ": " + p.Detail }

// GetStatus tells huma the status.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType makes problems application/problem+json.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

type contextKey int

const (
	actorKey contextKey = iota
	printerKey
)

func newAPI(d *Door, version string) huma.API {
	config := huma.DefaultConfig("Kompetansetorg", version)
	config.OpenAPIPath = "/api/openapi"
	config.DocsPath = ""
	config.SchemasPath = "/api/schemas"
	config.CreateHooks = nil
	config.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", schemaName)
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"bearer": {Type: "http", Scheme: "bearer"},
	}
	// huma takes the shape of its own errors from this variable; every door
	// sets the same function.
	huma.NewErrorWithContext = problemFromHuma
	huma.NewError = func(status int, msg string, errs ...error) huma.StatusError {
		return problemFromHuma(nil, status, msg, errs...)
	}
	api := humago.New(d.mux, config)
	api.UseMiddleware(func(ctx huma.Context, next func(huma.Context)) {
		r, _ := humago.Unwrap(ctx)
		next(huma.WithValue(ctx, printerKey, d.Printer(r)))
	})
	return api
}

// schemaName names a type in the API document by its package too, since two
// rooms may well use the same word: OrgOrganisation, OeapiOrganisation. What orgweb and
// orgjson have is Org alike, so that no client sees where the house keeps it.
func schemaName(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	room := strings.TrimSuffix(strings.TrimSuffix(path.Base(t.PkgPath()), "web"), "json")
	if room == "" || room == "." || strings.HasPrefix(strings.ToLower(name), room) {
		return name
	}
	return strings.ToUpper(room[:1]) + room[1:] + name
}

// refuseHidden panics when the input embeds a struct that is not exported: its parameters would
// stand in the document and never be read.
func refuseHidden(op Op, in reflect.Type) {
	if in.Kind() != reflect.Struct {
		return
	}
	for i := range in.NumField() {
		if f := in.Field(i); f.Anonymous && !f.IsExported() {
			panic("gate: " + op.Method + " " + op.Path + " embeds " + f.Name + ", which would not be filled in")
		}
	}
}

// Register adds a JSON operation to the door. The function gets the actor as
// an argument, after the rule has let it in.
func Register[In, Out any](d *Door, op Op, fn func(ctx context.Context, actor access.Actor, in *In) (*Out, error)) {
	d.note(op.Method, op.Path, op.Rule)
	refuseHidden(op, reflect.TypeFor[In]())
	o := huma.Operation{
		OperationID: op.ID, Method: op.Method, Path: op.Path, Summary: op.Summary, Tags: op.Tags,
		DefaultStatus: op.Status, MaxBodyBytes: op.MaxBody,
		Middlewares: huma.Middlewares{d.admit(op.Rule)},
		Description: "Who may: " + op.Rule.String(),
	}
	if !op.Rule.IsPublic() {
		o.Security = []map[string][]string{{"bearer": {}}}
	}
	huma.Register(d.api, o, func(ctx context.Context, in *In) (*Out, error) {
		actor, _ := ctx.Value(actorKey).(access.Actor)
		out, err := fn(ctx, actor, in)
		if err != nil {
			p, _ := ctx.Value(printerKey).(i18n.Printer)
			return nil, d.problem(ctx, p, op, err)
		}
		return out, nil
	})
}

// admit finds the actor and applies the rule before the body is read.
func (d *Door) admit(rule Rule) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		r, _ := humago.Unwrap(ctx)
		actor, err := d.Identify(r)
		if err == nil && !rule.Allows(actor) {
			err = fault.New(fault.Denied, "fault.denied")
		}
		if err != nil {
			status := Status(err)
			if status == http.StatusForbidden && !actor.SignedIn() {
				status = http.StatusUnauthorized
			}
			p := d.Printer(r)
			_ = huma.WriteErr(d.api, ctx, status, title(p, err))
			return
		}
		next(huma.WithValue(ctx, actorKey, actor))
		if ctx.Status() < http.StatusBadRequest {
			d.looked(r, actor)
		}
	}
}

func title(p i18n.Printer, err error) string {
	if e, ok := fault.As(err); ok && e.Key != "" {
		return p.T(e.Key, e.Values...)
	}
	return p.T("fault.internal")
}

func (d *Door) problem(ctx context.Context, p i18n.Printer, op Op, err error) error {
	var status huma.StatusError
	if errors.As(err, &status) {
		return err
	}
	e, ok := fault.As(err)
	if !ok {
		d.Log.ErrorContext(ctx, "api", "operation", op.ID, "error", err)
		return &Problem{Type: "about:blank", Title: p.T("fault.internal"), Status: http.StatusInternalServerError, Instance: "request:" + web.RequestID(ctx)}
	}
	out := &Problem{Type: "about:blank", Title: title(p, err), Status: Status(err)}
	for _, f := range e.Fields {
		out.Errors = append(out.Errors, ProblemField{Pointer: "/" + strings.ReplaceAll(f.Name, ".", "/"), Key: string(f.Key), Detail: p.T(f.Key, f.Values...)})
	}
	return out
}

// problemFromHuma gives huma's own refusals (wrong type, unknown field, body
// too large) the same shape as the rooms' faults.
func problemFromHuma(ctx huma.Context, status int, msg string, errs ...error) huma.StatusError {
	p := &Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: msg}
	shape := ""
	if ctx != nil {
		printer, ok := ctx.Context().Value(printerKey).(i18n.Printer)
		if ok && (status == http.StatusUnprocessableEntity || status == http.StatusBadRequest) {
			p.Title, shape = printer.T("fault.invalid"), printer.T("fault.shape")+": "
		}
	}
	if len(errs) > 0 {
		p.Detail = "" // the fields tell more
	}
	for _, err := range errs {
		if err == nil {
			continue
		}
		field := ProblemField{Key: "fault.shape", Detail: err.Error()}
		var detail huma.ErrorDetailer
		if errors.As(err, &detail) {
			d := detail.ErrorDetail()
			field.Pointer, field.Detail = pointer(d.Location), shape+d.Message
		}
		p.Errors = append(p.Errors, field)
	}
	return p
}

// pointer turns huma's "body.items[3].name" into "/items/3/name".
func pointer(location string) string {
	location = strings.TrimPrefix(location, "body")
	location = strings.NewReplacer("[", ".", "]", "").Replace(location)
	location = strings.TrimPrefix(location, ".")
	if location == "" {
		return ""
	}
	return "/" + strings.ReplaceAll(location, ".", "/")
}

// Refuse answers a request for JSON with a problem document, outside any
// operation.
func (d *Door) Refuse(w http.ResponseWriter, r *http.Request, err error) {
	p, ok := d.problem(r.Context(), d.Printer(r), Op{ID: "none"}, err).(*Problem)
	if !ok {
		p = &Problem{Type: "about:blank", Title: http.StatusText(http.StatusInternalServerError), Status: http.StatusInternalServerError}
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	if err := json.NewEncoder(w).Encode(p); err != nil {
		d.Log.DebugContext(r.Context(), "api: send problem", "error", err)
	}
}
