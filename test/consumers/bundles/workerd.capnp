using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "internet", network = (allow = ["private"]))
  ]
);

const worker :Workerd.Worker = (
  compatibilityDate = "2026-01-01",
  modules = [(name = "edge", esModule = embed "edge.bundle.js")],
  bindings = [
    (name = "SUNCO_APP_ID", fromEnvironment = "SUNCO_APP_ID"),
    (name = "SUNCO_BASE_URL", fromEnvironment = "SUNCO_BASE_URL"),
    (name = "SUNCO_KEY_ID", fromEnvironment = "SUNCO_KEY_ID"),
    (name = "SUNCO_KEY_SECRET", fromEnvironment = "SUNCO_KEY_SECRET")
  ]
);
