module example.com/fleet/agent

go 1.26

require example.com/fleet/orbit v0.0.0

replace example.com/fleet/orbit => ./orbit
