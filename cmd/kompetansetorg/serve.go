package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/kit/brreg"
	"kompetansetorg/internal/kit/file"
	"kompetansetorg/internal/kit/mail"
	"kompetansetorg/internal/site"
	"kompetansetorg/internal/site/settings"
)

type serveCmd struct {
	storage
	Addr         string  `help:"${addr_help}" default:"${addr_default}" env:"KOMPETANSETORG_ADDR"`
	URL          string  `help:"${url_help}" env:"KOMPETANSETORG_URL"`
	TrustProxy   bool    `help:"${trust_proxy_help}" env:"KOMPETANSETORG_TRUST_PROXY"`
	MetricsAddr  string  `help:"${metrics_addr_help}" env:"KOMPETANSETORG_METRICS_ADDR"`
	Log          string  `help:"${log_help}" enum:"text,json" default:"${log_default}" env:"KOMPETANSETORG_LOG"`
	LogLevel     string  `help:"${log_level_help}" enum:"debug,info,warn,error" default:"${log_level_default}" env:"KOMPETANSETORG_LOG_LEVEL"`
	OpenRate     float64 `help:"${open_rate_help}" default:"${open_rate_default}" env:"KOMPETANSETORG_OPEN_RATE"`
	OpenBurst    int     `help:"${open_burst_help}" default:"${open_burst_default}" env:"KOMPETANSETORG_OPEN_BURST"`
	Clamd        string  `help:"${clamd_help}" env:"KOMPETANSETORG_CLAMD"`
	Data         string  `help:"${data_help}" type:"existingdir" env:"KOMPETANSETORG_DATA"`
	Papers       string  `help:"${papers_help}" type:"existingdir" env:"KOMPETANSETORG_PAPERS"`
	Operator     string  `help:"${operator_help}" env:"KOMPETANSETORG_OPERATOR"`
	Contact      string  `help:"${contact_help}" env:"KOMPETANSETORG_CONTACT"`
	DPOContact   string  `name:"dpo-contact" help:"${dpo_contact_help}" env:"KOMPETANSETORG_DPO_CONTACT"`
	Register     string  `name:"enhetsregisteret" help:"${enhetsregisteret_help}" env:"KOMPETANSETORG_ENHETSREGISTERET"`
	SMTP         string  `name:"smtp" help:"${smtp_help}" env:"KOMPETANSETORG_SMTP"`
	SMTPTLS      string  `name:"smtp-tls" help:"${smtp_tls_help}" enum:"starttls,tls,none" default:"${smtp_tls_default}" env:"KOMPETANSETORG_SMTP_TLS"`
	SMTPUser     string  `name:"smtp-user" help:"${smtp_user_help}" env:"KOMPETANSETORG_SMTP_USER"`
	SMTPPassword string  `name:"smtp-password" help:"${smtp_password_help}" env:"KOMPETANSETORG_SMTP_PASSWORD"`
	MailFrom     string  `name:"mail-from" help:"${mail_from_help}" env:"KOMPETANSETORG_MAIL_FROM"`
	Demo         bool    `help:"${demo_help}" env:"KOMPETANSETORG_DEMO"`
	DemoPublic   bool    `help:"${demo_public_help}" env:"KOMPETANSETORG_DEMO_PUBLIC"`
}

// shutdownTime is how long running requests may take when the service stops.
const shutdownTime = 10 * time.Second

func (c *serveCmd) Run(con *console) error {
	if err := c.check(); err != nil {
		return err
	}
	con.log = c.logger(con)
	letters, err := c.mail()
	if err != nil {
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
		DB: c.DB, Files: c.folder(), Clamd: c.Clamd, Demo: c.Demo, PublicURL: url, Data: c.Data, Papers: c.Papers, OpenRate: c.OpenRate, OpenBurst: c.OpenBurst,
		TrustProxy: c.TrustProxy, Contact: c.Contact, Operator: c.Operator, DPOContact: c.DPOContact, Enhetsregisteret: c.register(), Mail: letters,
		Version: version, Log: con.log, Settings: con.settings,
	})
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer s.Close()
	servers := []*http.Server{newServer(s.Handler())}
	servers[0].RegisterOnShutdown(s.EndLive)
	listeners := []net.Listener{listener}
	if c.MetricsAddr != "" {
		figures, err := net.Listen("tcp", c.MetricsAddr)
		if err != nil {
			return errors.Join(fmt.Errorf("listen for --metrics-addr: %w", err), listener.Close())
		}
		fmt.Fprintf(con.stderr, "Metrics: http://%s/metrics\n", figures.Addr())
		servers, listeners = append(servers, newServer(s.Metrics())), append(listeners, figures)
	}
	if err := c.greet(con, s, url); err != nil {
		return err
	}
	working, stop := context.WithCancel(con.ctx)
	worked := make(chan struct{})
	go func() { defer close(worked); s.Work(working) }()
	defer func() { stop(); <-worked }() // before the database is closed
	return serveAll(con.ctx, servers, listeners)
}

func newServer(h http.Handler) *http.Server {
	return &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute,
		WriteTimeout: 2 * time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10}
}

// serveAll answers until ctx ends or one of the servers fails.
func serveAll(ctx context.Context, servers []*http.Server, listeners []net.Listener) error {
	failed := make(chan error, len(servers))
	for i, server := range servers {
		go func() { failed <- server.Serve(listeners[i]) }()
	}
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	ending, cancel := context.WithTimeout(context.Background(), shutdownTime)
	defer cancel()
	var errs []error
	for _, server := range servers {
		errs = append(errs, server.Shutdown(ending))
	}
	return errors.Join(errs...)
}

// logger writes in the form and from the level that were asked for.
func (c *serveCmd) logger(con *console) *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(c.LogLevel)) // one of the four that the flag takes
	options := &slog.HandlerOptions{Level: level}
	if c.Log == "json" {
		return slog.New(slog.NewJSONHandler(con.stderr, options))
	}
	return slog.New(slog.NewTextHandler(con.stderr, options))
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

// mail sends letters when a server is set; the demo keeps them.
func (c *serveCmd) mail() (follow.Post, error) {
	if c.SMTP == "" || c.Demo {
		return nil, nil
	}
	post, err := mail.NewSMTP(mail.Settings{Addr: c.SMTP, User: c.SMTPUser, Password: c.SMTPPassword, TLS: c.SMTPTLS, From: c.MailFrom, FromName: "Kompetansetorg"})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errUsage, err)
	}
	return post, nil
}

// check refuses a demo that strangers could reach unless that is meant.
func (c *serveCmd) check() error {
	host, _, err := net.SplitHostPort(c.Addr)
	if err != nil {
		return fmt.Errorf("%w: --addr is HOST:PORT: %w", errUsage, err)
	}
	if _, port, err := net.SplitHostPort(c.MetricsAddr); c.MetricsAddr != "" && (err != nil || (c.MetricsAddr == c.Addr && port != "0")) {
		return fmt.Errorf("%w: --metrics-addr is HOST:PORT, another than --addr", errUsage)
	}
	if c.Clamd != "" {
		if _, err := file.NewClamd(c.Clamd); err != nil {
			return fmt.Errorf("%w: --clamd: %w", errUsage, err)
		}
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
		where = "PostgreSQL, " + s.DB().Name()
	}
	for _, v := range con.settings {
		if text, hidden := v.Shown(false); v.From != settings.Default && !hidden {
			fmt.Fprintf(con.stderr, "--%s=%s (%s)\n", v.Name, text, v.From)
		}
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
