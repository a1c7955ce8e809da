package accountweb

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/account"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
)

// Session keys: the account, the stamp of the password the session began with,
// and the moment it was last used. All values are texts.
const (
	keyAccount = "account"
	keyStamp   = "stamp"
	keySeen    = "seen"
)

// How long a session lasts, how long it may lie unused, and how old the note of
// its last use may grow. The note is not made at every request: each would be a
// write that waits for the disk.
const (
	lifetime = 12 * time.Hour
	maxIdle  = 4 * time.Hour
	seenStep = 5 * time.Minute
)

// Sessions signs browsers in and out, and finds the actor of a request.
type Sessions struct {
	accounts *account.Service
	clock    clock.Clock
	scs      *scs.SessionManager
}

// NewSessions keeps sessions in the database: twelve hours, at most four idle.
// secure marks the cookie for https only.
func NewSessions(accounts *account.Service, c clock.Clock, secure bool) *Sessions {
	m := scs.New()
	m.Store, m.Codec = accounts.Sessions(), codec{}
	m.Lifetime = lifetime
	m.Cookie.Name, m.Cookie.HttpOnly, m.Cookie.SameSite, m.Cookie.Secure = "kompetansetorg", true, http.SameSiteLaxMode, secure
	m.Cookie.Path = "/"
	return &Sessions{accounts: accounts, clock: c, scs: m}
}

// Middleware loads the session of each request, ends it when it has lain unused
// for too long, and saves it when it changed.
func (s *Sessions) Middleware(next http.Handler) http.Handler {
	return s.scs.LoadAndSave(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := s.use(r.Context()); err != nil {
			s.scs.ErrorFunc(w, r, err)
			return
		}
		next.ServeHTTP(w, r)
	}))
}

// use notes that the session is in use, or ends it.
func (s *Sessions) use(ctx context.Context) error {
	if s.scs.GetString(ctx, keyAccount) == "" {
		return nil
	}
	now := s.clock.Now()
	seen, err := clock.ParseTime(s.scs.GetString(ctx, keySeen))
	switch unused := now.Sub(seen); {
	case err != nil, unused > maxIdle:
		return s.scs.Destroy(ctx)
	case unused > seenStep:
		s.scs.Put(ctx, keySeen, now.String())
	}
	return nil
}

// codec writes a session as JSON: its end and its texts. The library's own
// codec makes a decoder anew for every request.
type codec struct{}

type sessionJSON struct {
	Deadline time.Time      `json:"deadline"`
	Values   map[string]any `json:"values"`
}

func (codec) Encode(deadline time.Time, values map[string]any) ([]byte, error) {
	return json.Marshal(sessionJSON{deadline, values})
}

func (codec) Decode(b []byte) (time.Time, map[string]any, error) {
	var s sessionJSON
	err := json.Unmarshal(b, &s)
	return s.Deadline, s.Values, err
}

// Lasts reports whether the session that the request came with goes on, though the
// request itself has been under way for long: nobody has signed out of it meanwhile, and
// it has not lain unused for too long. Visitors have none that could end.
func (s *Sessions) Lasts(r *http.Request) bool {
	if _, ok := bearer(r); ok || s.scs.GetString(r.Context(), keyAccount) == "" {
		return true // a token is asked for anew by Identify
	}
	data, found, err := s.accounts.Sessions().FindCtx(r.Context(), s.scs.Token(r.Context()))
	if err != nil || !found {
		return false
	}
	_, values, err := codec{}.Decode(data)
	if err != nil {
		return false
	}
	written, _ := values[keySeen].(string)
	seen, err := clock.ParseTime(written)
	return err == nil && s.clock.Now().Sub(seen) <= maxIdle
}

// Holds reports whether the request comes with a session that somebody has
// signed in to, or with a token that holds. The session is loaded by then, so
// that only a token asks the database; whether the account may still do
// anything is for Identify to say.
func (s *Sessions) Holds(r *http.Request) bool {
	if token, ok := bearer(r); ok {
		_, err := s.accounts.ActorOfToken(r.Context(), token)
		return err == nil
	}
	return s.scs.GetString(r.Context(), keyAccount) != ""
}

// Identify finds who asks. No or a run-out session is a visitor; a token that
// does not hold is an error, since programs must be told.
func (s *Sessions) Identify(r *http.Request) (access.Actor, error) {
	if token, ok := bearer(r); ok {
		actor, err := s.accounts.ActorOfToken(r.Context(), token)
		if fault.Is(err, fault.NotFound) {
			return access.Actor{}, fault.New(fault.Denied, "account.error.token")
		}
		return actor, err
	}
	a := s.scs.GetString(r.Context(), keyAccount)
	if a == "" {
		return access.Actor{}, nil
	}
	actor, err := s.accounts.ActorOfSession(r.Context(), access.AccountID(a), s.scs.GetString(r.Context(), keyStamp))
	if fault.Is(err, fault.NotFound) {
		// The password is another, or the account is closed: what is left of the
		// session must not pass for signed in.
		return access.Actor{}, s.scs.Destroy(r.Context())
	}
	return actor, err
}

// SignIn makes the session the account's, under a new token.
func (s *Sessions) SignIn(r *http.Request, a access.AccountID) error {
	stamp, err := s.accounts.Stamp(r.Context(), a)
	if err != nil {
		return err
	}
	if err := s.scs.RenewToken(r.Context()); err != nil {
		return err
	}
	s.scs.Put(r.Context(), keyAccount, string(a))
	s.scs.Put(r.Context(), keyStamp, stamp)
	s.scs.Put(r.Context(), keySeen, s.clock.Now().String())
	return nil
}

// Keep keeps a secret, such as a one-time link, for the page that the reader is
// sent to, so that it stands in no address; Take gives it once. page is the
// address of the page that may show it.
func (s *Sessions) Keep(r *http.Request, page, secret string) {
	s.scs.Put(r.Context(), "once "+page, secret)
}

// Take is what Keep kept for the page that is asked for, once; empty without.
func (s *Sessions) Take(r *http.Request) string {
	return s.scs.PopString(r.Context(), "once "+r.URL.Path)
}

// SignOut ends the session.
func (s *Sessions) SignOut(r *http.Request) error { return s.scs.Destroy(r.Context()) }

func bearer(r *http.Request) (string, bool) {
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	return strings.TrimSpace(token), ok && strings.TrimSpace(token) != ""
}
