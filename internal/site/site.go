package site

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/paperview"
	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/hall/match"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/file"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/job"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/site/metrics"
	"kompetansetorg/internal/site/settings"
	"kompetansetorg/migrations"
)

// Config is what the program is started with.
type Config struct {
	// DB is "sqlite:PATH" or a postgres:// address.
	DB string
	// Demo fills an empty database with sample data and lets everybody step
	// into a role.
	Demo bool
	// PublicURL is the address readers use, without a slash at the end; it is
	// written in links that leave the site.
	PublicURL string
	// Data is a folder of official vocabulary files; empty: starter only.
	Data string
	// Starter is the starter vocabulary, for a program that opens many sites; nil:
	// it is read.
	Starter *vocab.Index
	// Like is the matching of a site of the same program with much the same things
	// in it, whose understanding of their texts this one takes over; nil: none.
	Like *match.Service
	// Papers is a folder of templates for papers that replace the binary's own;
	// empty: none do.
	Papers string
	// OpenRate and OpenBurst limit visitors' requests per address and second.
	// A rate of zero means no limit.
	OpenRate  float64
	OpenBurst int
	// TrustProxy makes X-Forwarded-For count.
	TrustProxy bool
	// Contact is the mail address of whoever runs the service, which standards
	// for open data ask for; empty: post@ the service's host.
	Contact string
	// Enhetsregisteret is the address of the register of enterprises' open API;
	// empty switches the look-up off, and then nothing is asked outside.
	Enhetsregisteret string
	// Files is the folder that attachments lie in; empty: none are taken.
	Files string
	// Clamd is where files are scanned for viruses, as file.NewClamd takes it;
	// empty: they are not.
	Clamd string
	// Operator is who runs the service, as the pages about it say; empty: the
	// pages say "whoever runs this service".
	Operator string
	// DPOContact is how to reach the data protection officer: a mail address; empty
	// where none is set, which administrators are told.
	DPOContact string
	// Mail sends letters; nil keeps them, as the demo does.
	Mail    follow.Post
	Version string
	Clock   clock.Clock
	Log     *slog.Logger
	// Settings is what the page about the settings shows; none: the defaults.
	Settings []settings.Value
}

// maxBody is the size of the largest request: a spreadsheet or a file.
const maxBody = 12 << 20

// Site is the running house.
type Site struct {
	cfg     Config
	log     *slog.Logger
	db      *db.DB
	texts   *i18n.Bundle
	views   *web.Views
	assets  *ui.Bundle
	door    *gate.Door
	limiter *web.Limiter
	// Jobs does the work in the background.
	Jobs    *job.Runner
	metrics *metrics.Metrics
	files   *file.Folder // nil when no attachments are taken
	shelf   *paperview.Shelf
	handler http.Handler
	watches map[string]watched
	Services
}

// Open opens and migrates the database, makes the services, loads the demo
// data if asked to, and registers every route. Close gives it all back.
func Open(ctx context.Context, cfg Config) (*Site, error) {
	if cfg.Clock == nil {
		cfg.Clock = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	if cfg.Settings == nil {
		cfg.Settings = settings.Defaults()
	}
	cfg.Log = web.Logger(cfg.Log)
	m := metrics.New(cfg.Version)
	d, err := db.Open(ctx, cfg.DB, db.WithLogger(cfg.Log), db.WithObserver(m.Transaction))
	if err != nil {
		return nil, err
	}
	s := &Site{cfg: cfg, log: cfg.Log, db: d, metrics: m, limiter: web.NewLimiter(cfg.OpenRate, cfg.OpenBurst)}
	if err := s.build(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *Site) build(ctx context.Context) error {
	// Reading the starter vocabulary takes as long as the rest together.
	starter := sync.OnceValues(func() (*vocab.Index, error) {
		if s.cfg.Starter != nil {
			return s.cfg.Starter, nil
		}
		return vocab.Load(vocab.Options{})
	})
	go func() { _, _ = starter() }()
	if err := db.Migrate(ctx, s.db, migrations.Files); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	var err error
	if s.assets, err = ui.Assets(); err != nil && !errors.Is(err, ui.ErrNoAssets) {
		return err
	}
	if s.texts, err = i18n.Load(catalogues()...); err != nil {
		return err
	}
	base, err := ui.Templates()
	if err != nil {
		return err
	}
	s.db.Changes().PollBy(audit.Poll(s.db))
	s.views, s.watches = web.NewViews(base), watches()
	if err := s.openFiles(); err != nil {
		return err
	}
	if s.Services, err = newServices(s.db, s.cfg, s.files, s.texts, starter); err != nil {
		return err
	}
	if err := s.Search.Open(ctx); err != nil {
		return err
	}
	s.Jobs = job.NewRunner(s.db, s.cfg.Clock, s.log)
	s.plan()
	if err := s.fill(ctx); err != nil {
		return err
	}
	if err := s.Match.Start(ctx); err != nil {
		return err
	}
	s.door = gate.NewDoor(gate.House{
		DB: s.db, Clock: s.cfg.Clock, Log: s.log, Views: s.views, Texts: s.texts, Identify: s.identify, Frame: s.frame, ShowError: s.showError, Looked: s.looked,
		StillIn: s.sessions.Lasts, Address: func(r *http.Request) string { return web.ClientAddress(r, s.cfg.TrustProxy) },
	}, s.cfg.Version)
	if s.shelf, err = s.newShelf(); err != nil {
		return err
	}
	s.register()
	s.handler = s.middleware()
	s.metrics.Watch(metrics.Sources{Sessions: s.countSessions, IndexMade: s.Match.IndexMade, Ready: s.isReady})
	return nil
}

// Metrics answers with figures about the running program, for Prometheus. It
// belongs on an address of its own that readers cannot reach.
func (s *Site) Metrics() http.Handler { return s.metrics.Handler() }

const countSessions db.SQL = `SELECT COUNT(*) FROM session WHERE expires_at > $1`

// countSessions is how many sessions, of visitors too, have not run out.
func (s *Site) countSessions(ctx context.Context) (n int64, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		n, err = db.Scalar[int64](ctx, tx, countSessions, s.cfg.Clock.Now())
		return err
	})
	return n, err
}

// Handler answers every request.
func (s *Site) Handler() http.Handler { return s.handler }

// EndLive lets go of those who listen to live pages, so that the server can end.
func (s *Site) EndLive() { s.door.EndLive() }

// Door shows the route table and the pages, for tests.
func (s *Site) Door() *gate.Door { return s.door }

// DB is the database, for commands that share the wiring.
func (s *Site) DB() *db.DB { return s.db }

// HasAssets reports whether the style sheet and script were built in.
func (s *Site) HasAssets() bool { return s.assets != nil && s.assets.Files.CSS != "" }

// Close closes the database and the folder of files.
func (s *Site) Close() error { return errors.Join(s.closeFiles(), s.db.Close()) }
