package gate_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
)

const messages = `{"fault.invalid":"Noe må rettes","fault.denied":"Ikke tilgang","fault.internal":"Feil","fault.key_reused":"Brukt","fault.key_busy":"Opptatt","form.error.range":"Fra {min} til {max}","form.error.too_long":"For lang {max}"}`

type in struct {
	Body struct {
		Headcount int `json:"headcount"`
	}
}

type out struct {
	Body struct {
		Made int `json:"made"`
	}
}

// door has one operation that adviser may use, and one page.
func door(t *testing.T, made *int) http.Handler {
	t.Helper()
	fsys := fstest.MapFS{}
	for _, l := range []string{"nb", "nn", "en"} {
		fsys["text/"+l+".json"] = &fstest.MapFile{Data: []byte(messages)}
	}
	texts, err := i18n.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	d := gate.NewDoor(gate.House{
		DB: dbtest.New(t), Clock: func() time.Time { return time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC) }, Texts: texts,
		Identify: func(r *http.Request) (access.Actor, error) {
			role := access.Role(r.Header.Get("X-Role"))
			if role == "" {
				return access.Actor{}, nil
			}
			return access.Actor{Account: access.AccountID(role), Roles: []access.Assignment{{Role: role}}}, nil
		},
		ShowError: func(w http.ResponseWriter, _ *http.Request, _ access.Actor, err error) {
			http.Error(w, err.Error(), gate.Status(err))
		},
	}, "test")
	gate.Register(d, gate.Op{Method: "POST", Path: "/api/v1/things", ID: "make", Rule: gate.Roles(access.RoleIntermediary)},
		func(_ context.Context, actor access.Actor, in *in) (*out, error) {
			if !actor.Has(access.RoleIntermediary) {
				t.Error("the handler got another actor than the rule let in")
			}
			switch {
			case in.Body.Headcount == 13:
				return nil, errors.New("disk on fire")
			case in.Body.Headcount < 1:
				return nil, fault.InvalidField("headcount", "form.error.range", "min", 1, "max", 10)
			}
			*made++
			o := &out{}
			o.Body.Made = *made
			return o, nil
		})
	d.Pages(gate.Route{Method: "GET", Path: "/page", Rule: gate.SignedIn(), Handle: func(w http.ResponseWriter, _ *http.Request, _ access.Actor) error {
		_, err := w.Write([]byte("hei"))
		return err
	}})
	return d.Handler()
}

func ask(h http.Handler, method, path, role, key, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Role", role)
	r.Header.Set("Idempotency-Key", key)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestTheRuleComesBeforeTheBody(t *testing.T) {
	made := 0
	h := door(t, &made)
	for role, want := range map[string]int{"": 401, "provider_user": 403, "intermediary": 422} {
		if w := ask(h, "POST", "/api/v1/things", role, "", `{"headcount":"mange"}`); w.Code != want {
			t.Errorf("%q: %d %s, want %d", role, w.Code, w.Body, want)
		}
	}
	if w := ask(h, "GET", "/page", "", "", ""); w.Code != 403 {
		t.Errorf("page as visitor: %d", w.Code)
	}
	if w := ask(h, "GET", "/page", "person", "", ""); w.Code != 200 || w.Body.String() != "hei" {
		t.Errorf("page as person: %d %s", w.Code, w.Body)
	}
}

func TestProblemsPointAtTheField(t *testing.T) {
	made := 0
	h := door(t, &made)
	for body, want := range map[string]string{
		`{"headcount":0}`:               `{"pointer":"/headcount","key":"form.error.range","detail":"Fra 1 til 10"}`,
		`{"headcount":"mange"}`:         `"pointer":"/headcount"`,
		`{"headcount":1,"unknown":"x"}`: `"pointer":"/unknown"`,
	} {
		w := ask(h, "POST", "/api/v1/things", "intermediary", "", body)
		if w.Code != 422 || !strings.Contains(w.Body.String(), want) || !strings.Contains(w.Header().Get("Content-Type"), "problem+json") {
			t.Errorf("%s: %d %s %s", body, w.Code, w.Header().Get("Content-Type"), w.Body)
		}
	}
	w := ask(h, "POST", "/api/v1/things", "intermediary", "", `{"headcount":13}`)
	if w.Code != 500 || strings.Contains(w.Body.String(), "fire") {
		t.Errorf("an internal error: %d %s", w.Code, w.Body)
	}
}

func TestAKeyIsServedOnce(t *testing.T) {
	made := 0
	h := door(t, &made)
	first := ask(h, "POST", "/api/v1/things", "intermediary", "k1", `{"headcount":3}`)
	again := ask(h, "POST", "/api/v1/things", "intermediary", "k1", `{"headcount":3}`)
	if first.Code != 200 || again.Code != 200 || first.Body.String() != again.Body.String() || made != 1 {
		t.Errorf("first %d %s, again %d %s, made %d", first.Code, first.Body, again.Code, again.Body, made)
	}
	if w := ask(h, "POST", "/api/v1/things", "intermediary", "k1", `{"headcount":4}`); w.Code != 422 || made != 1 {
		t.Errorf("same key, other body: %d, made %d", w.Code, made)
	}
	if w := ask(h, "POST", "/api/v1/things", "intermediary", "k2", `{"headcount":3}`); w.Code != 200 || made != 2 {
		t.Errorf("other key: %d, made %d", w.Code, made)
	}
	ask(h, "POST", "/api/v1/things", "intermediary", "k3", `{"headcount":13}`)
	if w := ask(h, "POST", "/api/v1/things", "intermediary", "k3", `{"headcount":13}`); w.Code != 500 {
		t.Errorf("after an internal error the key must be free: %d", w.Code)
	}
}

// TestHiddenParametersAreRefused: parameters in an embedded struct that is not exported would
// never be read.
func TestHiddenParametersAreRefused(t *testing.T) {
	type paging struct {
		After string `query:"after"`
	}
	type hidden struct{ paging }
	defer func() {
		if recover() == nil {
			t.Error("an operation with parameters that are never read was registered")
		}
	}()
	gate.Register(gate.NewDoor(gate.House{}, "test"), gate.Op{Method: "GET", Path: "/api/v1/x", Rule: gate.Public(), ID: "x"}, func(context.Context, access.Actor, *hidden) (*struct{}, error) { return nil, nil })
}

func TestARouteWithoutARuleIsRefused(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a route without a rule was registered")
		}
	}()
	gate.NewDoor(gate.House{}, "test").Pages(gate.Route{Method: "GET", Path: "/x"})
}
