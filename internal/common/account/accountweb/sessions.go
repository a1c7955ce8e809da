package accountweb

import (
	"net/http"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/account"
	"kompetansetorg/internal/kit/fault"
)

// Session keys: the account, and the stamp of the password the session began
// with.
const (
	keyAccount = "account"
	keyStamp   = "stamp"
)

// Sessions signs browsers in and out, and finds the actor of a request.
type Sessions struct {
	accounts *account.Service
	scs      *scs.SessionManager
}

// NewSessions keeps sessions in the database: twelve hours, at most four idle.
// secure marks the cookie for https only.
func NewSessions(accounts *account.Service, secure bool) *Sessions {
	m := scs.New()
	m.Store = accounts.Sessions()
	m.Lifetime, m.IdleTimeout = 12*time.Hour, 4*time.Hour
	m.Cookie.Name, m.Cookie.HttpOnly, m.Cookie.SameSite, m.Cookie.Secure = "kompetansetorg", true, http.SameSiteLaxMode, secure
	m.Cookie.Path = "/"
	return &Sessions{accounts: accounts, scs: m}
}

// Middleware loads the session of each request and saves it when it changed.
func (s *Sessions) Middleware(next http.Handler) http.Handler { return s.scs.LoadAndSave(next) }

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
		return access.Actor{}, nil
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
	return nil
}

// keep keeps a secret, such as a one-time link, for the page that the reader is
// sent to, so that it stands in no address; take gives it once. page is the
// address of the page that may show it.
func (s *Sessions) keep(r *http.Request, page, secret string) {
	s.scs.Put(r.Context(), "once "+page, secret)
}

func (s *Sessions) take(r *http.Request) string {
	return s.scs.PopString(r.Context(), "once "+r.URL.Path)
}

// SignOut ends the session.
func (s *Sessions) SignOut(r *http.Request) error { return s.scs.Destroy(r.Context()) }

func bearer(r *http.Request) (string, bool) {
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	return strings.TrimSpace(token), ok && strings.TrimSpace(token) != ""
}
