// Checks docker-compose.yml as Docker Compose itself would load it: `go run . ../../docker-compose.yml`.
//
// It must load strictly when every variable it asks for is set; it must refuse to load without any one of the
// secrets, so that none has a default; every long-running service must tell whether it is healthy, and every
// image that is not built here must be pinned.
package main

import (
	"context"
	"fmt"
	"maps"
	"os"
	"strings"

	"github.com/compose-spec/compose-go/v2/loader"
	"github.com/compose-spec/compose-go/v2/types"
)

// What has to be given; the compose file may hold no default for these.
var secrets = map[string]string{
	"POSTGRES_PASSWORD": "example",
	"ENCRYPTION_KEYS":   "k1:example",
	"LOOKUP_KEY":        "example",
	"META_APP_SECRET":   "example",
	"META_ACCESS_TOKEN": "example",
	"META_VERIFY_TOKEN": "example",
	"PUBLIC_URL":        "https://bots.example.org",
}

func main() {
	if len(os.Args) != 2 {
		fail("one argument is needed: the compose file")
	}
	content, err := os.ReadFile(os.Args[1])
	if err != nil {
		fail("%v", err)
	}
	project, err := load(content, secrets)
	if err != nil {
		fail("it does not load: %v", err)
	}
	for name := range secrets {
		rest := maps.Clone(secrets)
		delete(rest, name)
		if _, err := load(content, rest); err == nil || !strings.Contains(err.Error(), name) {
			fail("it loads without %s, or does not name it: a secret may have no default", name)
		}
	}
	for name, service := range project.Services {
		once := service.Restart == types.RestartPolicyNo || strings.HasPrefix(service.Restart, types.RestartPolicyOnFailure)
		if service.HealthCheck == nil && !once {
			fail("service %s runs on and has no healthcheck", name)
		}
		if service.Build == nil && (!strings.Contains(service.Image, ":") || strings.HasSuffix(service.Image, ":latest")) {
			fail("the image of service %s is not pinned", name)
		}
	}
	fmt.Printf("docker-compose.yml: %d services load strictly\n", len(project.Services))
}

func load(content []byte, environment map[string]string) (*types.Project, error) {
	details := types.ConfigDetails{
		WorkingDir:  ".",
		ConfigFiles: []types.ConfigFile{{Filename: "docker-compose.yml", Content: content}},
		Environment: maps.Clone(environment), // loading adds to it
	}
	return loader.LoadWithContext(context.Background(), details)
}

func fail(format string, values ...any) {
	fmt.Fprintf(os.Stderr, "docker-compose.yml: "+format+"\n", values...)
	os.Exit(1)
}
