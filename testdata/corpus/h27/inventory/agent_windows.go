package inventory

const agentURL = "https://api.orbitflare.com/customer/v1/licenses?agent=windows-service"
