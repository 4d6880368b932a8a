-- Asks for the paths given behind "--" one after the other, or else for the address alone.
init = function(paths)
  if #paths == 0 then return end
  local asked, number = {}, 0
  for index, path in ipairs(paths) do asked[index] = wrk.format("GET", path) end
  request = function()
    number = number % #asked + 1
    return asked[number]
  end
end

-- What came of a round, as one line of JSON. Times are milliseconds.
done = function(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    '{"requests": %d, "seconds": %f, "p50": %f, "p95": %f, "p99": %f, "refused": %d, "broken": %d}\n',
    summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000,
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
