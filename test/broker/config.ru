require "sequel"
require "pact_broker"

# Whoever has started the broker holds this pipe. It breaks however that process ends.
Thread.new do
  $stdin.read
  Process.kill("KILL", Process.pid)
end

run PactBroker::App.new { |config|
  config.log_stream = :stdout
  config.log_level = :warn
  config.auto_migrate_db = true
  config.database_connection = Sequel.connect(adapter: "sqlite", database: ENV.fetch("PACT_BROKER_SQLITE"), encoding: "utf8")
}
