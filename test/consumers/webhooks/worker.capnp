using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")]
);

const worker :Workerd.Worker = (
  compatibilityDate = "2026-01-01",
  modules = [(name = "worker", esModule = embed "worker.bundle.js")],
  bindings = [(name = "SUNCO_WEBHOOK_SECRET", fromEnvironment = "SUNCO_WEBHOOK_SECRET")]
);
