-- One line that a script can read: requests, seconds, median and 99th percentile in microseconds; and what went wrong.
done = function(summary, latency, requests)
  io.write(string.format("report %d %f %d %d\n", summary.requests, summary.duration / 1e6,
    latency:percentile(50), latency:percentile(99)))
  local wrong = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout
  if wrong > 0 then io.write(string.format("errors %d\n", wrong)) end
end
