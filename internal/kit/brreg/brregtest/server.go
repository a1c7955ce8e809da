// Package brregtest is a register of enterprises for tests: a small server with
// the shape of the open API, and units that nobody has.
package brregtest

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// Numbers of the units that the server knows. Their check digits agree.
const (
	Joinery  = "313000109" // Eksempel Listverk AS in Rennebu, 14 employees
	Estate   = "313000877" // Eksempel Listverk Eiendom AS in Oppdal
	Bankrupt = "313000389" // Eksempel Skofabrikk AS, bankrupt since 5 October 2026
	Deleted  = "313000249" // struck off on 31 March 2026
	Single   = "313000524" // a sole proprietorship
	Nobody   = "313000737" // nobody's
)

// Server is the register.
type Server struct {
	*httptest.Server
	// Calls counts what was asked.
	Calls atomic.Int64
	mu    sync.Mutex
	units map[string]map[string]any
	down  bool
}

// New runs a register until the test ends.
func New(t testing.TB) *Server {
	t.Helper()
	s := &Server{units: map[string]map[string]any{}}
	s.Put(Joinery, unit("EKSEMPEL LISTVERK AS", "AS", "5022", map[string]any{"antallAnsatte": 14, "hjemmeside": "listverk.example.no"}))
	s.Put(Estate, unit("EKSEMPEL LISTVERK EIENDOM AS", "AS", "5021", nil))
	s.Put(Bankrupt, unit("EKSEMPEL SKOFABRIKK AS", "AS", "5021", map[string]any{"konkurs": true, "konkursdato": "2026-10-05"}))
	s.Put(Deleted, map[string]any{"navn": "EKSEMPEL FORHENVÆRENDE AS", "organisasjonsform": map[string]any{"kode": "AS"}, "slettedato": "2026-03-31", "respons_klasse": "SlettetEnhet"})
	s.Put(Single, unit("SNEKKER EKSEMPELMANN", "ENK", "5021", nil))
	s.Server = httptest.NewServer(http.HandlerFunc(s.answer))
	t.Cleanup(s.Close)
	return s
}

func unit(name, form, municipality string, more map[string]any) map[string]any {
	u := map[string]any{"navn": name, "organisasjonsform": map[string]any{"kode": form}, "naeringskode1": map[string]any{"kode": "16.230"},
		"forretningsadresse": map[string]any{"kommunenummer": municipality}, "konkurs": false, "underAvvikling": false, "respons_klasse": "Enhet"}
	for k, v := range more {
		u[k] = v
	}
	return u
}

// Put sets what the register has for a number.
func (s *Server) Put(no string, fields map[string]any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	fields["organisasjonsnummer"] = no
	s.units[no] = fields
}

// Down makes the register answer nothing but errors, or well again.
func (s *Server) Down(down bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.down = down
}

func (s *Server) answer(w http.ResponseWriter, r *http.Request) {
	s.Calls.Add(1)
	s.mu.Lock()
	defer s.mu.Unlock()
	w.Header().Set("Content-Type", "application/vnd.brreg.enhetsregisteret.enhet.v2+json;charset=UTF-8")
	if s.down {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	var out any
	if kind, no, one := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/"); one {
		u, ok := s.units[no]
		if !ok || kind != "enheter" {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		out = u
	} else {
		out = s.search(r.URL.Path, strings.ToUpper(r.URL.Query().Get("navn")))
	}
	if err := json.NewEncoder(w).Encode(out); err != nil {
		panic(err)
	}
}

func (s *Server) search(path, name string) any {
	var hits []any
	for _, no := range []string{Joinery, Estate, Bankrupt, Single} {
		if u := s.units[no]; path == "/enheter" && strings.Contains(u["navn"].(string), name) {
			hits = append(hits, u)
		}
	}
	out := map[string]any{"page": map[string]any{"size": 8, "totalElements": len(hits), "totalPages": 1, "number": 0}}
	if len(hits) > 0 {
		out["_embedded"] = map[string]any{"enheter": hits}
	}
	return out
}
