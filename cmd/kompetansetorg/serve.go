package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"kompetansetorg/internal/kit/brreg"
	"kompetansetorg/internal/site"
)

type serveCmd struct {
	database
	Addr       string  `help:"Where to listen." default:"127.0.0.1:8080" env:"KOMPETANSETORG_ADDR"`
	URL        string  `help:"The address readers use, for links that leave the site. Default: http://ADDR." env:"KOMPETANSETORG_URL"`
	Data       string  `help:"Folder of official vocabulary files." type:"existingdir" env:"KOMPETANSETORG_DATA"`
	Contact    string  `help:"Mail address of whoever runs the service, named in open data." env:"KOMPETANSETORG_CONTACT"`
	Operator   string  `help:"Who runs the service, as the pages about privacy and accessibility say." env:"KOMPETANSETORG_OPERATOR"`
	Register   string  `name:"enhetsregisteret" help:"Address of the open API of the register of enterprises, where organisations are looked up; off asks nobody. Default: the register's own, and off in the demo." env:"KOMPETANSETORG_ENHETSREGISTERET"`
	Demo       bool    `help:"Fill an empty database with sample data; anybody may step into a role."`
	DemoPublic bool    `help:"Let the demo listen beyond this machine."`
	TrustProxy bool    `help:"Believe X-Forwarded-For; only behind a proxy that sets it." env:"KOMPETANSETORG_TRUST_PROXY"`
	OpenRate   float64 `help:"Requests a second that a visitor's address may make; 0 is no limit." default:"20" env:"KOMPETANSETORG_OPEN_RATE"`
	OpenBurst  int     `help:"How many of them at once." default:"100" env:"KOMPETANSETORG_OPEN_BURST"`
}

// shutdownTime is how long running requests may take when the service stops.
const shutdownTime = 10 * time.Second

func (c *serveCmd) Run(con *console) error {
	if err := c.check(); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", c.Addr)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	url := strings.TrimSuffix(c.URL, "/")
	if url == "" {
		url = "http://" + listener.Addr().String()
	}
	s, err := site.Open(con.ctx, site.Config{
		DB: c.DB, Demo: c.Demo, PublicURL: url, Data: c.Data, OpenRate: c.OpenRate, OpenBurst: c.OpenBurst,
		TrustProxy: c.TrustProxy, Contact: c.Contact, Operator: c.Operator, Enhetsregisteret: c.register(), Version: version, Log: con.log,
	})
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer s.Close()
	if err := c.greet(con, s, url); err != nil {
		return err
	}
	server := &http.Server{Handler: s.Handler(), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute,
		WriteTimeout: 2 * time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10}
	go s.Work(con.ctx)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-con.ctx.Done():
	}
	ctx, cancel := context.WithTimeout(context.Background(), shutdownTime)
	defer cancel()
	return server.Shutdown(ctx)
}

// register is the address where organisations are looked up, empty for none.
func (c *serveCmd) register() string {
	switch {
	case c.Register == "off", c.Register == "" && c.Demo:
		return ""
	case c.Register == "":
		return brreg.Production
	}
	return c.Register
}

// check refuses a demo that strangers could reach unless that is meant.
func (c *serveCmd) check() error {
	host, _, err := net.SplitHostPort(c.Addr)
	if err != nil {
		return fmt.Errorf("%w: --addr is HOST:PORT: %w", errUsage, err)
	}
	ip := net.ParseIP(host)
	local := host == "localhost" || (ip != nil && ip.IsLoopback())
	if c.Demo && !local && !c.DemoPublic {
		return fmt.Errorf("the demo lets anybody step into any role, so it listens on this machine only; add --demo-public if others may use it")
	}
	return nil
}

// greet says what is used and where the data lies, and how to become the first
// administrator.
func (c *serveCmd) greet(con *console, s *site.Site, url string) error {
	if !s.HasAssets() {
		fmt.Fprintln(con.stderr, "This binary was built without style sheet and script: run \"make build\". Pages work, but look plain.")
	}
	where := c.DB
	if path, ok := strings.CutPrefix(c.DB, "sqlite:"); ok {
		if abs, err := filepath.Abs(path); err == nil {
			where = abs
		}
	} else {
		where = "PostgreSQL"
	}
	fmt.Fprintf(con.stderr, "Data:    %s\nAddress: %s\n", where, url)
	if c.Demo {
		return nil
	}
	token, err := s.Accounts.FirstAdminToken(con.ctx)
	if err != nil {
		return err
	}
	if token != "" {
		fmt.Fprintf(con.stderr, "Nobody is administrator yet. This link makes the first one; it works once, within a day:\n%s/invitasjon/%s\n", url, token)
	}
	return nil
}

// exists reports whether there is a file at the path.
func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
