using System.Text.Json;
using SegFunctions.App.Api;

namespace SegFunctions.App.Tests.Functions;

public sealed class RunRequestTests
{
    [Theory]
    [InlineData("2011-12-10", "2011-12-10T00:00:00+00:00")]
    [InlineData("2011-12-10T05:06:07", "2011-12-10T05:06:07+00:00")]
    [InlineData("2011-12-10T05:06:07+02:00", "2011-12-10T03:06:07+00:00")]
    public void Moment_without_offset_is_utc_wherever_the_process_runs(string text, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected), Read($$"""{"asOf":"{{text}}"}""")?.AsOf);

    [Fact]
    public void Moment_may_be_left_out() => Assert.Null(Read("""{"seed":7}""")?.AsOf);

    [Theory]
    [InlineData("\"yesterday\"")]
    [InlineData("7")]
    public void Anything_else_is_refused(string value) => Assert.Throws<JsonException>(() => Read($$"""{"asOf":{{value}}}"""));

    private static RunRequest? Read(string json) => JsonSerializer.Deserialize(json, AppJson.Default.RunRequest);
}
