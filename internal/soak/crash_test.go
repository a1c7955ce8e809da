package soak_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"kompetansetorg/internal/kit/db/dbtest"
)

// leastRegistrations is how many have to be under way before it counts: the
// killing goes on until so many were acknowledged.
const leastRegistrations = 1000

// kills is how often the service is killed; KOMPETANSETORG_SOAK sets it.
func kills(t *testing.T) int {
	t.Helper()
	n, err := strconv.Atoi(os.Getenv("KOMPETANSETORG_SOAK"))
	if err != nil {
		t.Skip("long: set KOMPETANSETORG_SOAK to the number of kills (make soak)")
	}
	return n
}

// service is the real binary, serving.
type service struct {
	cmd *exec.Cmd
	url string
}

func build(t *testing.T) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "kompetansetorg")
	if out, err := exec.Command("go", "build", "-o", binary, "kompetansetorg/cmd/kompetansetorg").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return binary
}

func start(t *testing.T, binary, dsn string) *service {
	t.Helper()
	s := &service{cmd: exec.Command(binary, "serve", "--demo", "--db", dsn, "--addr", "127.0.0.1:0", "--open-rate", "0")}
	stderr, err := s.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(stderr)
	var said strings.Builder
	for lines.Scan() {
		said.WriteString(lines.Text() + "\n")
		if address, ok := strings.CutPrefix(lines.Text(), "Address: "); ok {
			s.url = address
			break
		}
	}
	if s.url == "" {
		t.Fatalf("the service did not start:\n%s", said.String())
	}
	go func() { _, _ = io.Copy(io.Discard, stderr) }()
	for range 100 {
		if res, err := http.Get(s.url + "/healthz"); err == nil {
			res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return s
			}
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatal("the service is not healthy")
	return nil
}

func (s *service) kill() {
	_ = s.cmd.Process.Signal(syscall.SIGKILL)
	_ = s.cmd.Wait()
}

func (s *service) call(ctx context.Context, method, path, token string, body, out any) (int, error) {
	data, err := json.Marshal(body)
	if err != nil {
		return 0, err
	}
	req, err := http.NewRequestWithContext(ctx, method, s.url+path, bytes.NewReader(data))
	if err != nil {
		return 0, err
	}
	req.Header.Set("Content-Type", "application/json")
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		return 0, err
	}
	if res.StatusCode >= 300 {
		return res.StatusCode, fmt.Errorf("%s %s: %d %s", method, path, res.StatusCode, answer)
	}
	return res.StatusCode, json.Unmarshal(answer, out)
}

func (s *service) token(t *testing.T, role string) string {
	t.Helper()
	var out struct{ Token string }
	if _, err := s.call(t.Context(), "POST", "/api/v1/demo/token", "", map[string]string{"role": role}, &out); err != nil {
		t.Fatal(err)
	}
	return out.Token
}

// organisation finds the employer's own organisation.
func (s *service) organisation(t *testing.T) string {
	t.Helper()
	var out struct{ Items []struct{ ID, Name string } }
	if _, err := s.call(t.Context(), "GET", "/api/v1/organisations?q="+url.QueryEscape("Eksempel Sag"), "", nil, &out); err != nil || len(out.Items) == 0 {
		t.Fatalf("organisation: %v, %d found", err, len(out.Items))
	}
	return out.Items[0].ID
}

// TestKillLosesNothing registers needs from several clients while the service
// is killed again and again, and then looks for every one that was
// acknowledged. The audit chain must hold too.
func TestKillLosesNothing(t *testing.T) {
	rounds := kills(t)
	binary, dsn := build(t), dbtest.Empty(t)
	s := start(t, binary, dsn)
	org := s.organisation(t)
	acknowledged := map[string]string{}
	var mu sync.Mutex
	for round := 0; round < rounds || len(acknowledged) < leastRegistrations; round++ {
		token := s.token(t, "employer")
		ctx, cancel := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		for client := range 4 {
			wg.Go(func() { hammer(ctx, s, token, org, fmt.Sprintf("%d-%d", round, client), acknowledged, &mu) })
		}
		time.Sleep(time.Duration(100+rand.IntN(200)) * time.Millisecond)
		s.kill()
		cancel()
		wg.Wait()
		s = start(t, binary, dsn)
	}
	token := s.token(t, "employer")
	for id, text := range acknowledged {
		var got struct{ Text string }
		if _, err := s.call(t.Context(), "GET", "/api/v1/needs/"+id, token, nil, &got); err != nil || got.Text != text {
			t.Errorf("acknowledged need %s is lost: %v", id, err)
		}
	}
	t.Logf("killed at least %d times, %d acknowledged registrations, all there", rounds, len(acknowledged))
	s.kill()
	out, err := exec.Command(binary, "audit", "verify", "--db", dsn).CombinedOutput()
	if err != nil {
		t.Errorf("audit verify: %v\n%s", err, out)
	}
}

func hammer(ctx context.Context, s *service, token, org, name string, acknowledged map[string]string, mu *sync.Mutex) {
	for i := 0; ctx.Err() == nil; i++ {
		text := fmt.Sprintf("Vi trenger en sagmester, nummer %s-%d", name, i)
		var out struct{ ID string }
		if _, err := s.call(ctx, "POST", "/api/v1/needs", token, map[string]any{"text": text, "organisation": org, "municipality": "5022", "headcount": 1}, &out); err != nil {
			return
		}
		mu.Lock()
		acknowledged[out.ID] = text
		mu.Unlock()
	}
}
