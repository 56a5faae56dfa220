"""The addresses of sign-in. The names are those that allauth asks for."""

from django.urls import path

from haven.desk.views import sign_in as views

urlpatterns = [
    path("", views.sign_in, name="account_login"),
    path("out/", views.sign_out, name="account_logout"),
    path("inactive/", views.inactive, name="account_inactive"),
    path("again/", views.ask_again, name="account_reauthenticate"),
    path("password/", views.new_password, name="account_change_password"),
    path("set-up/<int:person>/<str:token>/", views.set_up, name="set_up"),
    path("code/", views.second_factor, name="mfa_authenticate"),
    path("code/again/", views.ask_code_again, name="mfa_reauthenticate"),
    path("factors/", views.factors, name="mfa_index"),
    path("app/", views.add_app, name="mfa_activate_totp"),
    path("app/remove/", views.remove_app, name="mfa_deactivate_totp"),
    path("recovery-codes/", views.recovery_codes, name="mfa_view_recovery_codes"),
    path("recovery-codes/new/", views.new_recovery_codes, name="mfa_generate_recovery_codes"),
    path("passkeys/", views.passkeys, name="mfa_list_webauthn"),
    path("passkeys/add/", views.add_passkey, name="mfa_add_webauthn"),
    path("passkeys/again/", views.ask_passkey_again, name="mfa_reauthenticate_webauthn"),
    path("passkeys/<int:pk>/remove/", views.remove_passkey, name="mfa_remove_webauthn"),
]
