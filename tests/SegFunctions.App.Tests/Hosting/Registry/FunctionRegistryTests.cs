using Microsoft.AspNetCore.Http;
using SegFunctions.App.Hosting.Declaration;
using SegFunctions.App.Hosting.Registry;

namespace SegFunctions.App.Tests.Hosting.Registry;

public sealed class FunctionRegistryTests
{
    [Fact]
    public void Every_declared_function_is_found_with_its_trigger()
    {
        var registry = Some.Registry();

        Assert.Equal(
            ["GetThing", "Health", "Nightly", "OpenApi", "PutThing", "TakeBus", "TakeBytes", "TakeText"],
            registry.Functions.Select(function => function.Name));
        Assert.Equal(new QueueFunctionTrigger("message", "sample-bytes", Connection: null, IsText: false), registry.Find("takebytes")!.Trigger);
        Assert.Equal(new QueueFunctionTrigger("message", "sample-text", "AzureWebJobsStorage", IsText: true), registry.Find("TakeText")!.Trigger);
        Assert.Equal(new TimerFunctionTrigger("timer", "0 0 3 * * *", RunOnStartup: false), registry.Find("Nightly")!.Trigger);
        Assert.Equal(
            new ServiceBusFunctionTrigger("message", "events", TopicName: null, SubscriptionName: null, "Bus", IsSessionsEnabled: false, IsText: false),
            registry.Find("TakeBus")!.Trigger);
        var http = Assert.IsType<HttpFunctionTrigger>(registry.Find("PutThing")!.Trigger);
        Assert.Equal(("v1/things", AuthorizationLevel.Admin), (http.Route, http.Level));
        Assert.Equal(["PUT", "POST"], http.Methods);
    }

    [Fact]
    public void The_functions_of_the_app_itself_have_no_fault() =>
        Assert.NotNull(FunctionRegistry.FromAssembly(typeof(FunctionRegistry).Assembly).Find("OpenApi"));

    [Fact]
    public void Every_fault_is_reported_at_once()
    {
        var faults = Assert.Throws<FunctionDeclarationException>(() => FunctionRegistry.FromTypes([typeof(Faulty), typeof(Twins)])).Faults;

        string[] expected =
        [
            "Faulty.BadName: the name '1st' is not allowed",
            "Faulty.NamedHost: the name 'host' is not allowed",
            "Faulty.NoTrigger: no parameter carries a trigger attribute.",
            "Faulty.TwoTriggers: 2 parameters carry trigger attributes (one, two)",
            "Faulty.Static: the method is static",
            "Faulty.WrongReturn: it returns Task; with this trigger it must return Task<IResult>.",
            "Faulty.WrongReturnOfQueue: it returns Void; with this trigger it must return Task.",
            "Faulty.WrongType: the parameter 'message' is of type Int32; its trigger gives ReadOnlyMemory<byte> or string.",
            "Faulty.Unsupported: the parameter 'string extra' is not supported",
            "Faulty.UnknownRouteValue: the parameter 'string key' is not supported",
            "Faulty.AdminRoute: the route 'admin/things' begins with 'admin'",
            "Faulty.RuntimeRoute: the route 'runtime' begins with 'runtime'",
            "Faulty.SlashRoute: the route '/v1/things' is empty or begins or ends with a slash",
            "Faulty.BrokenRoute: the route 'v1/{id' cannot be read",
            "Faulty.NoMethod: its HTTP trigger names no method.",
            "Faulty.OddMethod: 'FETCH' is no HTTP method",
            "Faulty.BadQueue: 'Upper_Case' is no queue name",
            "Faulty.BadSchedule: 'every day' is no timer schedule",
            "Faulty.BadConnection: the connection '%STORE%' must be the name of a setting",
            "Faulty.BadBinding: the parameter name 'message_1' cannot name a binding",
            "Twins.First: the name 'one' is taken by Twins.Second",
            "Twins.SameRoute: GET 'V1/things/{other}' is served by Twins.Route already.",
        ];
        foreach (var fault in expected)
            Assert.Contains(faults, found => found.StartsWith(fault, StringComparison.Ordinal));
        Assert.Equal(expected.Length, faults.Count);
    }

    [Fact]
    public void One_route_may_be_shared_by_functions_of_different_methods()
    {
        var registry = FunctionRegistry.FromTypes([typeof(Shared)]);

        Assert.NotNull(registry.Find("ReadShared"));
        Assert.NotNull(registry.Find("WriteShared"));
    }

    private sealed class Shared
    {
        [Function("ReadShared")]
        public Task<IResult> Read([HttpTrigger(AuthorizationLevel.Function, "get", Route = "v1/shared/{id}")] HttpRequest request) => throw new NotSupportedException();

        [Function("WriteShared")]
        public Task<IResult> Write([HttpTrigger(AuthorizationLevel.Function, "post", Route = "v1/shared/{name}")] HttpRequest request) => throw new NotSupportedException();
    }

    private sealed class Twins
    {
        [Function("one")]
        public Task First([QueueTrigger("some-queue")] string message) => Task.CompletedTask;

        [Function("ONE")]
        public Task Second([QueueTrigger("some-queue")] string message) => Task.CompletedTask;

        [Function("route-a")]
        public Task<IResult> Route([HttpTrigger(AuthorizationLevel.Function, "get", "post", Route = "v1/things/{id}")] HttpRequest request) => throw new NotSupportedException();

        [Function("route-b")]
        public Task<IResult> SameRoute([HttpTrigger(AuthorizationLevel.Function, "get", Route = "V1/things/{other}")] HttpRequest request) => throw new NotSupportedException();
    }

    private sealed class Faulty
    {
        [Function("static")]
        public static Task Static([QueueTrigger("some-queue")] string message) => Task.CompletedTask;

        [Function("1st")]
        public Task BadName([QueueTrigger("some-queue")] string message) => Task.CompletedTask;

        [Function("host")]
        public Task NamedHost([QueueTrigger("some-queue")] string message) => Task.CompletedTask;

        [Function("no-trigger")]
        public Task NoTrigger(string message) => Task.CompletedTask;

        [Function("two-triggers")]
        public Task TwoTriggers([QueueTrigger("some-queue")] string one, [TimerTrigger("0 0 3 * * *")] TimerInfo two) => Task.CompletedTask;

        [Function("wrong-return")]
        public Task WrongReturn([HttpTrigger(AuthorizationLevel.Function, "get")] HttpRequest request) => Task.CompletedTask;

        [Function("wrong-return-queue")]
        public void WrongReturnOfQueue([QueueTrigger("some-queue")] string message)
        {
        }

        [Function("wrong-type")]
        public Task WrongType([QueueTrigger("some-queue")] int message) => Task.CompletedTask;

        [Function("unsupported")]
        public Task Unsupported([QueueTrigger("some-queue")] string message, string extra) => Task.CompletedTask;

        [Function("unknown-route-value")]
        public Task<IResult> UnknownRouteValue([HttpTrigger(AuthorizationLevel.Function, "get", Route = "v1/a/{id}")] HttpRequest request, string key) => throw new NotSupportedException();

        [Function("admin-route")]
        public Task<IResult> AdminRoute([HttpTrigger(AuthorizationLevel.Function, "get", Route = "admin/things")] HttpRequest request) => throw new NotSupportedException();

        [Function("runtime-route")]
        public Task<IResult> RuntimeRoute([HttpTrigger(AuthorizationLevel.Function, "get", Route = "runtime")] HttpRequest request) => throw new NotSupportedException();

        [Function("slash-route")]
        public Task<IResult> SlashRoute([HttpTrigger(AuthorizationLevel.Function, "get", Route = "/v1/things")] HttpRequest request) => throw new NotSupportedException();

        [Function("broken-route")]
        public Task<IResult> BrokenRoute([HttpTrigger(AuthorizationLevel.Function, "get", Route = "v1/{id")] HttpRequest request) => throw new NotSupportedException();

        [Function("no-method")]
        public Task<IResult> NoMethod([HttpTrigger(AuthorizationLevel.Function)] HttpRequest request) => throw new NotSupportedException();

        [Function("odd-method")]
        public Task<IResult> OddMethod([HttpTrigger(AuthorizationLevel.Function, "fetch")] HttpRequest request) => throw new NotSupportedException();

        [Function("bad-queue")]
        public Task BadQueue([QueueTrigger("Upper_Case")] string message) => Task.CompletedTask;

        [Function("bad-schedule")]
        public Task BadSchedule([TimerTrigger("every day")] TimerInfo timer) => Task.CompletedTask;

        [Function("bad-connection")]
        public Task BadConnection([QueueTrigger("some-queue", Connection = "%STORE%")] string message) => Task.CompletedTask;

        [Function("bad-binding")]
        public Task BadBinding([QueueTrigger("some-queue")] string message_1) => Task.CompletedTask;
    }
}
