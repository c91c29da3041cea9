// A worker of the page's own origin, for tries to get one: it says that it is there.
if ("onconnect" in self) self.onconnect = ({ ports: [port] }) => port.postMessage("here");
else if ("postMessage" in self && !("clients" in self)) self.postMessage("here");
