using SegFunctions.App.Privacy.Access;
using SegFunctions.App.Privacy.Consents;
using SegFunctions.App.Privacy.Erasure;
using SegFunctions.App.Privacy.Erasure.Steps;
using SegFunctions.App.Privacy.Keys;
using SegFunctions.App.Privacy.Retention;
using SegFunctions.App.Uploads;
using SegFunctions.Customers.Privacy;

namespace SegFunctions.App.Privacy;

/// <summary>Registers what privacy is made of.</summary>
internal static class PrivacyServices
{
    public static void AddPrivacy(this IServiceCollection services, DomainSettings settings)
    {
        services.AddSingleton(settings.Consents);
        services.AddSingleton<TombstoneDerivation>();
        services.AddSingleton<TombstoneStore>();
        services.AddSingleton<CustomerIds>();
        services.AddSingleton<AuditLog>();
        services.AddSingleton<IdentityLinks>();
        services.AddSingleton<UploadRequests>();
        services.AddSingleton<RawFiles>();
        services.AddSingleton<LakeRewriting>();

        services.AddSingleton(settings.Retention);
        services.AddSingleton<RetentionSweep>();
        services.AddSingleton<RecordSweep>();
        services.AddHostedService<RetentionNotice>();
        services.AddVaultKeys(settings.VaultKeys);
        services.AddSingleton<VaultRotation>();
        services.AddSingleton<AccessReport>();
        services.AddSingleton<ConsentTable>();
        services.AddSingleton<ConsentGate>();

        services.AddSingleton<ErasureCases>();
        services.AddSingleton<ErasureTable>();
        services.AddSingleton<PersonVisitors>();
        services.AddSingleton<PersonSearch>();
        services.AddSingleton<ErasureStarter>();
        services.AddSingleton<ErasureActivities>();
        services.AddSingleton<EarlierMemberships>();
        services.AddSingleton<Rescan>();
        services.AddSingleton<RestoreGuard>();
        services.AddSingleton<ModelsStep>();
        services.AddSingleton<QueuesStep>();
        services.AddSingleton<ErasureStep, UploadsStep>();
        services.AddSingleton<ErasureStep, QuarantineStep>();
        services.AddSingleton<ErasureStep, ReportsStep>();
        services.AddSingleton<ErasureStep, LakeStep>();
        services.AddSingleton<ErasureStep, VaultStep>();
        services.AddSingleton<ErasureStep, FeaturesStep>();
        services.AddSingleton<ErasureStep>(provider => provider.GetRequiredService<ModelsStep>());
        services.AddSingleton<ErasureStep, TablesStep>();
        services.AddSingleton<ErasureStep>(provider => provider.GetRequiredService<QueuesStep>());
    }

    private static void AddVaultKeys(this IServiceCollection services, VaultKeySettings settings)
    {
        services.AddSingleton(provider => settings.Open(provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<KeyVaultKeys>>()));
        if (settings.Secret is not null)
            services.AddHostedService<VaultKeyCheck>();
    }
}
