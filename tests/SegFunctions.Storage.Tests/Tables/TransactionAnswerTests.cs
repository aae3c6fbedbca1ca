using System.Text;
using Azure;
using SegFunctions.Storage.Tables;
using SegFunctions.Storage.Tables.Wire;

namespace SegFunctions.Storage.Tests.Tables;

public sealed class TransactionAnswerTests
{
    private const string Opening = "--batchresponse_1\r\nContent-Type: multipart/mixed; boundary=changesetresponse_2\r\n\r\n";
    private const string Part = "--changesetresponse_2\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n";
    private const string Closing = "--changesetresponse_2--\r\n--batchresponse_1--\r\n";

    private const string Two = Opening
        + Part + "HTTP/1.1 204 No Content\r\nX-Content-Type-Options: nosniff\r\nETag: W/\"datetime'one'\"\r\n\r\n\r\n"
        + Part + "HTTP/1.1 201 Created\r\nDataServiceVersion: 3.0;\r\netag:W/\"two\"\r\n\r\n{\"X\":\"--\"}\r\n"
        + Closing;

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    public void Parts_come_in_order_with_status_and_version(string lineEnd)
    {
        var answers = Read(Two.Replace("\r\n", lineEnd, StringComparison.Ordinal), 2);

        Assert.Equal([204, 201], answers.Select(answer => answer.Status));
        Assert.Equal(["W/\"datetime'one'\"", "W/\"two\""], answers.Select(answer => answer.Headers.ETag.ToString()));
    }

    [Fact]
    public void Parts_without_blank_lines_or_preamble_are_read()
    {
        var answers = Read("preamble\r\n" + Opening + Part + "HTTP/1.1 204 No Content\r\n" + Part + "HTTP/1.1 204 No Content\r\n\r\n" + Closing.TrimEnd(), 2);

        Assert.Equal([204, 204], answers.Select(answer => answer.Status));
        Assert.Null(answers[0].Headers.ETag);
    }

    [Theory]
    [InlineData("7:The specified entity already exists.\\nRequestId:1", 10, 7)]
    [InlineData("The specified entity already exists.", 10, null)]
    [InlineData("The specified entity already exists.", 1, 0)]
    [InlineData("99:The specified entity already exists.", 10, null)]
    [InlineData("Note: this is no index.", 10, null)]
    public void Failed_part_fails_the_transaction(string message, int operations, int? index)
    {
        var body = Opening + Part + "HTTP/1.1 409 Conflict\r\nContent-Type: application/json\r\n\r\n"
            + $$$$"""{"odata.error":{"code":"EntityAlreadyExists","message":{"lang":"en-US","value":"{{{{message}}}}"}}}""" + "\r\n" + Closing;

        foreach (var lineEnd in new[] { "\r\n", "\n" })
        {
            var failure = Assert.Throws<TableTransactionFailedException>(
                () => Read(body.Replace("\r\n", lineEnd, StringComparison.Ordinal), operations));
            Assert.Equal((409, "EntityAlreadyExists", index), (failure.Status, failure.ErrorCode, failure.FailedTransactionActionIndex));
            Assert.StartsWith(message.Split('\\')[0], failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Failed_part_without_an_error_object_keeps_its_status()
    {
        var failure = Assert.Throws<TableTransactionFailedException>(
            () => Read(Opening + Part + "HTTP/1.1 500 Internal Server Error\r\n\r\nsorry\r\n" + Closing, 2));

        Assert.Equal((500, null, null), (failure.Status, failure.ErrorCode, failure.FailedTransactionActionIndex));
    }

    [Theory]
    [InlineData("", "0 parts for 2")]
    [InlineData("not multipart at all", "0 parts for 2")]
    [InlineData(Opening + Part + "HTTP/1.1 204 No Content\r\n\r\n" + Closing, "1 parts for 2")]
    [InlineData(Two + Part + "HTTP/1.1 204 No Content\r\n\r\n", "more than 2 parts")]
    [InlineData(Opening + Part + "HTTP/1.1 abc\r\n\r\n", "the status line 'HTTP/1.1 abc'")]
    [InlineData(Opening + Part + "HTTP/1.1", "the status line 'HTTP/1.1'")]
    public void Malformed_answer_is_not_taken_for_success(string body, string fault)
    {
        var failure = Assert.Throws<RequestFailedException>(() => Read(body, 2));

        Assert.Contains(fault, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Public_constructor_keeps_the_failure_and_blames_no_operation()
    {
        var failure = new TableTransactionFailedException(new RequestFailedException(409, "said", "Code", null));

        Assert.Equal((409, "Code", null), (failure.Status, failure.ErrorCode, failure.FailedTransactionActionIndex));
        Assert.Throws<ArgumentNullException>(() => new TableTransactionFailedException(null!));
    }

    private static Response[] Read(string body, int operations) => TransactionAnswer.Read(Encoding.UTF8.GetBytes(body), operations);
}
