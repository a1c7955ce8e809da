package brreg

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"kompetansetorg/internal/kit/text"
)

// Production is the address of the register's API.
const Production = "https://data.brreg.no/enhetsregisteret/api"

// Why a call gave no unit. ErrUnavailable may be otherwise in a while;
// ErrRefused would be the same again.
var (
	ErrUnavailable = errors.New("brreg: the register does not answer")
	ErrRefused     = errors.New("brreg: the register refused the question")
)

const (
	defaultTimeout  = 2 * time.Second
	defaultParallel = 4
	backOff         = 150 * time.Millisecond
	maxBody         = 1 << 20
	maxRedirects    = 3
	accept          = "application/vnd.brreg.enhetsregisteret.enhet.v2+json;charset=UTF-8, application/vnd.brreg.enhetsregisteret.underenhet.v2+json;charset=UTF-8, application/json;q=0.8"
)

// MaxHits is how many units a search gives.
const MaxHits = 8

// Options say how to ask. Zero fields are the defaults: Production, two
// seconds for a question with its retry, four at a time.
type Options struct {
	Base      string
	UserAgent string
	Timeout   time.Duration
	Parallel  int
}

// Client asks the register. It is safe for use by many goroutines.
type Client struct {
	base      string
	userAgent string
	timeout   time.Duration
	turns     chan struct{}
	http      *http.Client
}

// New makes a client; the base must be the address of a web server.
func New(o Options) (*Client, error) {
	if o.Base == "" {
		o.Base = Production
	}
	u, err := url.Parse(o.Base)
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Scheme != "https" && u.Scheme != "http" {
		return nil, fmt.Errorf("brreg: %q is not the address of a web server", o.Base)
	}
	if o.Timeout <= 0 {
		o.Timeout = defaultTimeout
	}
	if o.Parallel <= 0 {
		o.Parallel = defaultParallel
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxResponseHeaderBytes = 64 << 10
	transport.MaxConnsPerHost = o.Parallel
	return &Client{base: strings.TrimSuffix(o.Base, "/"), userAgent: o.UserAgent, timeout: o.Timeout, turns: make(chan struct{}, o.Parallel),
		http: &http.Client{Transport: transport, CheckRedirect: sameHost}}, nil
}

// sameHost follows a few redirects within the register and none out of it.
func sameHost(next *http.Request, via []*http.Request) error {
	first := via[0].URL
	if len(via) > maxRedirects || next.URL.Host != first.Host || next.URL.Scheme != first.Scheme {
		return fmt.Errorf("redirect to %s", next.URL.Host)
	}
	return nil
}

// Unit is the unit with the number, main unit or place of work. A number that
// the register does not have gives a Unit in the state Unknown, one taken out
// of the open data a Unit in the state Removed: both are answers, not errors.
func (c *Client) Unit(ctx context.Context, orgNo string) (Unit, error) {
	no, err := text.ParseOrgNumber(orgNo)
	if err != nil {
		return Unit{}, fmt.Errorf("%w: number", ErrRefused)
	}
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	for _, kind := range []string{"/enheter/", "/underenheter/"} {
		status, body, err := c.get(ctx, kind+no)
		switch {
		case err != nil:
			return Unit{}, err
		case status == http.StatusGone:
			return removed(no, body), nil
		case status == http.StatusNotFound:
			continue
		}
		u, err := parseUnit(body)
		if err == nil && u.OrgNo != no {
			err = errors.New("another unit's answer")
		}
		if err != nil {
			return Unit{}, fmt.Errorf("%w: %w", ErrUnavailable, err)
		}
		return u, nil
	}
	return Unit{OrgNo: no, State: Unknown, Employees: -1}, nil
}

// removed is a unit of which the register says no more than that it is gone,
// and mostly since when.
func removed(no string, body []byte) Unit {
	var a answered
	if err := json.Unmarshal(body, &a); err != nil {
		a = answered{}
	}
	return Unit{OrgNo: no, State: Removed, Employees: -1, Since: dayOf(a.DeletedOn)}
}

// Search finds the units with the name, the register's best first and at most
// MaxHits. Places of work are looked through when no main unit has the name.
// A municipality narrows; "" does not.
func (c *Client) Search(ctx context.Context, name, municipality string) ([]Unit, error) {
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	query := url.Values{"navn": {text.Truncate(strings.TrimSpace(text.CleanLine(name)), maxName)}, "size": {strconv.Itoa(MaxHits)}}
	if municipality != "" {
		query.Set("kommunenummer", municipality)
	}
	for _, kind := range []string{"/enheter", "/underenheter"} {
		status, body, err := c.get(ctx, kind+"?"+query.Encode())
		if err == nil && status != http.StatusOK {
			err = fmt.Errorf("%w: status %d", ErrUnavailable, status)
		}
		if err != nil {
			return nil, err
		}
		units, err := parseList(body)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrUnavailable, err)
		}
		if len(units) > 0 {
			return units[:min(len(units), MaxHits)], nil
		}
	}
	return nil, nil
}

// get asks once, and once more when the register had a bad moment and there is
// time left. Its statuses are 200, 404 and 410; others are errors.
func (c *Client) get(ctx context.Context, path string) (int, []byte, error) {
	select {
	case c.turns <- struct{}{}:
		defer func() { <-c.turns }()
	case <-ctx.Done():
		return 0, nil, fmt.Errorf("%w: %w", ErrUnavailable, ctx.Err())
	}
	status, body, wait, err := c.once(ctx, path)
	if errors.Is(err, ErrUnavailable) && c.pause(ctx, wait) {
		status, body, _, err = c.once(ctx, path)
	}
	return status, body, err
}

// pause waits before the second try; false when there is no time for one.
func (c *Client) pause(ctx context.Context, wait time.Duration) bool {
	end, ok := ctx.Deadline()
	if wait < backOff {
		wait = backOff
	}
	if ok && time.Until(end) <= wait {
		return false
	}
	select {
	case <-time.After(wait):
		return true
	case <-ctx.Done():
		return false
	}
}

func (c *Client) once(ctx context.Context, path string) (status int, body []byte, wait time.Duration, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+path, nil)
	if err != nil {
		return 0, nil, 0, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	req.Header.Set("Accept", accept)
	if c.userAgent != "" {
		req.Header.Set("User-Agent", c.userAgent)
	}
	res, err := c.http.Do(req)
	if err != nil {
		return 0, nil, 0, fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	defer res.Body.Close()
	body, err = io.ReadAll(io.LimitReader(res.Body, maxBody+1))
	switch {
	case res.StatusCode == http.StatusTooManyRequests || res.StatusCode >= http.StatusInternalServerError:
		return 0, nil, retryAfter(res.Header), fmt.Errorf("%w: status %d", ErrUnavailable, res.StatusCode)
	case res.StatusCode == http.StatusNotFound || res.StatusCode == http.StatusGone:
		return res.StatusCode, body, 0, nil
	case res.StatusCode == http.StatusBadRequest:
		return 0, nil, 0, fmt.Errorf("%w: status %d", ErrRefused, res.StatusCode)
	case res.StatusCode != http.StatusOK: // somebody on the way wants something; a second try is in vain
		return 0, nil, c.timeout, fmt.Errorf("%w: status %d", ErrUnavailable, res.StatusCode)
	case err != nil:
		return 0, nil, 0, fmt.Errorf("%w: %w", ErrUnavailable, err)
	case len(body) > maxBody:
		return 0, nil, c.timeout, fmt.Errorf("%w: more than %d bytes", ErrUnavailable, maxBody)
	case !isJSON(res.Header.Get("Content-Type")):
		return 0, nil, c.timeout, fmt.Errorf("%w: %q is no JSON", ErrUnavailable, res.Header.Get("Content-Type"))
	}
	return res.StatusCode, body, 0, nil
}

// isJSON tells a JSON answer from the page of a proxy that wants a sign-in.
func isJSON(contentType string) bool {
	kind, _, err := mime.ParseMediaType(contentType)
	return err == nil && (kind == "application/json" || strings.HasSuffix(kind, "+json"))
}

// retryAfter is how long the register wants to be left alone.
func retryAfter(h http.Header) time.Duration {
	seconds, err := strconv.Atoi(h.Get("Retry-After"))
	if err != nil || seconds < 0 || seconds > 3600 {
		return 0
	}
	return time.Duration(seconds) * time.Second
}
