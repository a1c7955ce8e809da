// Command load asks an address again and again from several clients at once,
// and prints how many answers came a second and how long they took:
//
//	go run ./internal/soak/load -clients 10 -for 10s [-role adviser] URL
//
// With -role it first steps into the role of a demo. Answers other than 200
// are faults. The clients keep their connections, as browsers do.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"time"
)

func main() {
	clients := flag.Int("clients", 10, "how many ask at once")
	length := flag.Duration("for", 10*time.Second, "how long")
	role := flag.String("role", "", "demo role to step into")
	flag.Parse()
	if err := run(flag.Arg(0), *role, *clients, *length); err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
}

func run(address, role string, clients int, length time.Duration) error {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return fmt.Errorf("%q is no address", address)
	}
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: clients}, Timeout: time.Minute,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	cookie, err := stepInto(client, u, role)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), length)
	defer cancel()
	var (
		all   sync.WaitGroup
		mu    sync.Mutex
		took  []time.Duration
		fault error
	)
	for range clients {
		all.Go(func() {
			mine, err := ask(ctx, client, address, cookie)
			mu.Lock()
			defer mu.Unlock()
			took = append(took, mine...)
			if err != nil {
				fault = err
			}
		})
	}
	all.Wait()
	if fault != nil {
		return fault
	}
	if len(took) == 0 {
		return fmt.Errorf("no answer within %s", length)
	}
	slices.Sort(took)
	at := func(share float64) time.Duration {
		return took[int(share*float64(len(took)-1))].Round(10 * time.Microsecond)
	}
	fmt.Printf("%d answers, %.0f/s, median %s, p95 %s, p99 %s, longest %s\n", len(took), float64(len(took))/length.Seconds(), at(0.5), at(0.95), at(0.99), at(1))
	return nil
}

// stepInto answers the session's cookie, "" without a role.
func stepInto(client *http.Client, u *url.URL, role string) (string, error) {
	if role == "" {
		return "", nil
	}
	res, err := client.PostForm(u.Scheme+"://"+u.Host+"/demo/rolle", url.Values{"role": {role}})
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	cookie, _, _ := strings.Cut(res.Header.Get("Set-Cookie"), ";")
	if cookie == "" {
		return "", fmt.Errorf("no session as %s: %s", role, res.Status)
	}
	return cookie, nil
}

// ask asks until ctx ends and tells how long each answer took, to its last
// byte.
func ask(ctx context.Context, client *http.Client, address, cookie string) ([]time.Duration, error) {
	var took []time.Duration
	for {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
		if err != nil {
			return took, err
		}
		if cookie != "" {
			req.Header.Set("Cookie", cookie)
		}
		start := time.Now()
		res, err := client.Do(req)
		if ctx.Err() != nil {
			return took, nil
		}
		if err != nil {
			return took, err
		}
		_, err = io.Copy(io.Discard, res.Body)
		res.Body.Close()
		switch {
		case ctx.Err() != nil:
			return took, nil
		case err != nil:
			return took, err
		case res.StatusCode != http.StatusOK:
			return took, fmt.Errorf("%s answers %s", address, res.Status)
		}
		took = append(took, time.Since(start))
	}
}
