// Says what version the server at INFLUX_HOST has, to whoever holds INFLUX_TOKEN.
import { InfluxDBClient } from '@influxdata/influxdb3-client';

const client = new InfluxDBClient({ host: process.env.INFLUX_HOST, token: process.env.INFLUX_TOKEN });
console.log(await client.getServerVersion());
await client.close();
