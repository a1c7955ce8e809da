// Package mail sends plain letters by SMTP.
package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// Message is a letter of plain text to one reader. ID makes its Message-ID, so
// that a letter that is sent twice is one letter to programs that look. With
// Unsubscribe, the full address of a page, mail programs show a way to end such
// letters, and may end them by one POST to it (RFC 8058). Calendar is a calendar file
// (RFC 5545, METHOD:PUBLISH) that goes with it; empty for none.
type Message struct {
	ID, To, Subject, Text string
	Unsubscribe           string
	Calendar              string
	At                    time.Time
}

// ErrRefused marks a letter that the server will never take: to try again is in
// vain. Every other error may pass.
var ErrRefused = errors.New("the mail server refused the letter")

// Settings are where and as whom to send. Addr is HOST:PORT. TLS is "starttls",
// which demands it, "tls" from the start, or "none" for a server on the same
// machine. User empty sends without signing in.
type Settings struct {
	Addr, User, Password, From, FromName, TLS string
	Timeout                                   time.Duration // ten seconds when zero
}

// SMTP sends through one server.
type SMTP struct {
	set  Settings
	host string
	port int
	tls  *tls.Config
}

// NewSMTP checks the settings; it does not connect.
func NewSMTP(set Settings) (*SMTP, error) {
	host, port, err := net.SplitHostPort(set.Addr)
	if err != nil {
		return nil, fmt.Errorf("mail: server %q is not HOST:PORT: %w", set.Addr, err)
	}
	number, err := strconv.Atoi(port)
	if err != nil || number < 1 || number > 65535 {
		return nil, fmt.Errorf("mail: server %q has no port", set.Addr)
	}
	if set.TLS == "" {
		set.TLS = "starttls"
	}
	if set.TLS != "starttls" && set.TLS != "tls" && set.TLS != "none" {
		return nil, fmt.Errorf("mail: security %q is none of starttls, tls, none", set.TLS)
	}
	if set.Timeout == 0 {
		set.Timeout = 10 * time.Second
	}
	if err := gomail.NewMsg().From(set.From); err != nil {
		return nil, fmt.Errorf("mail: sender %q: %w", set.From, err)
	}
	return &SMTP{set: set, host: host, port: number}, nil
}

// Send sends the letter, or answers why not: ErrRefused for good, any other
// error for now.
func (s *SMTP) Send(ctx context.Context, m Message) error {
	msg, err := s.message(m)
	if err != nil {
		return errors.Join(ErrRefused, err)
	}
	client, err := s.client()
	if err != nil {
		return fmt.Errorf("mail: %w", err)
	}
	err = client.DialAndSendWithContext(ctx, msg)
	if err == nil {
		return nil
	}
	var refused *gomail.SendError
	if errors.As(err, &refused) && !refused.IsTemp() && permanent(refused) {
		return errors.Join(ErrRefused, err)
	}
	return fmt.Errorf("mail: %w", err)
}

// permanent reports whether the server's answer was about this letter and final,
// rather than about the connection.
func permanent(e *gomail.SendError) bool {
	return e.ErrorCode() >= 500 && e.ErrorCode() < 600 && (e.Reason == gomail.ErrSMTPRcptTo || e.Reason == gomail.ErrSMTPDataClose || e.Reason == gomail.ErrSMTPData)
}

// calendarType is a calendar file that tells of an event and asks for no answer by mail
// (RFC 5546).
const calendarType gomail.ContentType = "text/calendar; method=PUBLISH"

func (s *SMTP) message(m Message) (*gomail.Msg, error) {
	msg := gomail.NewMsg()
	if s.set.FromName != "" {
		if err := msg.FromFormat(s.set.FromName, s.set.From); err != nil {
			return nil, err
		}
	} else if err := msg.From(s.set.From); err != nil {
		return nil, err
	}
	if err := msg.To(m.To); err != nil {
		return nil, err
	}
	msg.Subject(m.Subject)
	msg.SetDateWithValue(m.At)
	msg.SetMessageIDWithValue(m.ID + "@" + s.host)
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	if m.Unsubscribe != "" {
		msg.SetGenHeader(gomail.HeaderListUnsubscribe, "<"+m.Unsubscribe+">")
		msg.SetGenHeader(gomail.HeaderListUnsubscribePost, "List-Unsubscribe=One-Click")
	}
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	if m.Calendar != "" {
		// Some programs look among the forms of the letter, others among its files.
		msg.AddAlternativeString(calendarType, m.Calendar)
		if err := msg.AttachReader("mote.ics", strings.NewReader(m.Calendar), gomail.WithFileContentType(calendarType)); err != nil {
			return nil, err
		}
	}
	return msg, nil
}

func (s *SMTP) client() (*gomail.Client, error) {
	options := []gomail.Option{gomail.WithPort(s.port), gomail.WithTimeout(s.set.Timeout)}
	switch s.set.TLS {
	case "starttls":
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	case "tls":
		options = append(options, gomail.WithSSL())
	case "none":
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	}
	if s.tls != nil {
		options = append(options, gomail.WithTLSConfig(s.tls))
	}
	if s.set.User != "" {
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(s.set.User), gomail.WithPassword(s.set.Password))
	}
	return gomail.NewClient(s.host, options...)
}
